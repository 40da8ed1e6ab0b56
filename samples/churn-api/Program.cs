using Churn.Api;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddFlama(flama => flama.Title = "Churn 🔥");

var app = builder.Build();
app.UseFlamaErrors();
app.MapGet("/", () => TypedResults.Content("\"Hello 🔥\"", "application/json")).WithTags("Hello").WithSummary("Say hello");
app.MapModelResource<ChurnModel>("/churn");
app.MapFlama();
app.Run();
