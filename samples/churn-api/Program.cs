using System.Text.Json.Serialization;
using Churn.Api;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddFlama(flama => flama.Title = "Churn 🔥");

// Numbers are numbers, here and in clients made of the document; the framework takes texts of digits as well otherwise.
builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.NumberHandling = JsonNumberHandling.Strict);

var app = builder.Build();
app.UseFlamaErrors();
app.MapGet("/", () => TypedResults.Content("\"Hello 🔥\"", "application/json")).WithTags("Hello").WithSummary("Say hello");
app.MapModelResource<ChurnModel>("/churn");
app.MapFlama();
app.Run();
