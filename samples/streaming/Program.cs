var builder = WebApplication.CreateBuilder(args);
builder.Services.AddFlama().AddModel("churn", "churn.flm");

var app = builder.Build();
app.UseWebSockets();
app.UseFileServer();
app.MapModels();
app.Run();
