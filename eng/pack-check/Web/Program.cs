using Flama;
using Flama.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddHealthChecks();
builder.Services.AddFlama(flama => flama.Title = "Xor")
    .AddModel("xor", "xor.flm", model => model.ReloadOnChange());

var app = builder.Build();
app.MapPost("/decide", ([FromKeyedServices("xor")] ServedModel xor, Point point) => xor.PredictLabels([[point.A, point.B]])[0]);
app.MapModels();
app.MapFlama();
app.MapHealthChecks("/health");
app.Run();

internal sealed record Point(double A, double B);
