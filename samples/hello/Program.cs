var builder = WebApplication.CreateBuilder(args);
builder.Services.AddFlama().AddModel("churn", "churn.flm");

var app = builder.Build();
app.MapModels();
app.MapFlama();
app.Run();
