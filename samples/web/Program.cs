using Flama;
using Flama.Hosting;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddProblemDetails();
builder.Services.AddHealthChecks();
builder.Services.AddFlama(flama => flama.Title = "Churn")
    .AddModel("churn", Path.Combine(AppContext.BaseDirectory, "churn.flm"), model => model.ReloadOnChange().Predicts<Customer, Answer>());

var app = builder.Build();
app.MapPost("/decide", ([FromKeyedServices("churn")] ServedModel churn, Customer customer, CancellationToken cancellationToken) =>
{
    var answer = churn.PredictOne<Customer, Answer>(customer, new(cancellationToken));
    return new Decision(answer.Leaves > 0.5 ? "call" : "wait", Math.Round(answer.Leaves, 3));
});
app.MapModels();
app.MapFlama();
app.MapHealthChecks("/health");
app.Run();

// The model was trained without column names, so that properties are bound by the column's number.
internal sealed record Customer(
    [property: Feature(3)] double? CreditScore,
    [property: Feature(4)] string? Country,
    [property: Feature(5)] string? Gender,
    [property: Feature(6)] double? Age,
    [property: Feature(7)] double? Tenure,
    [property: Feature(8)] double? Balance,
    [property: Feature(9)] double? Products,
    [property: Feature(10)] double? HasCard,
    [property: Feature(11)] double? IsActive,
    [property: Feature(12)] double? Salary);

internal sealed record Answer([property: Probability("1")] double Leaves);

internal sealed record Decision(string Action, double Risk);
