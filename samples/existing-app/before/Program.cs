using Existing.Orders;

var builder = WebApplication.CreateBuilder(args);
builder.AddOrders();

var app = builder.Build();
app.UseOrders();
app.Run();
