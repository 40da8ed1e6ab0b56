using Existing.Orders;

var builder = WebApplication.CreateBuilder(args);
builder.AddOrders();
builder.Services.AddFlama();

var app = builder.Build();
app.UseOrders();
app.MapModel("/churn", "churn.flm");
app.Run();
