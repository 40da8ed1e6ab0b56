using System.Text.Json;
using Flama.AspNetCore;
using Flama.Tests.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Flama.Tests.Twins;

/// <summary>The twin of the original's resource with methods that read an artifact: the same statuses and the same JSON, or the difference with its reason.</summary>
public sealed class ChurnResourceTests
{
    // What is not copied.
    private static readonly Dictionary<string, (int Status, string Why)> Others = new(StringComparer.Ordinal)
    {
        ["/churn"] = (200, "A slash at the end makes no difference."),
        ["loss bad row"] = (400, "A row of another width is the caller's mistake, not the server's."),
    };

    // Both generations of the original name these; the names are those of 1.6, and lines of a stream are as inputs are.
    private static readonly Dictionary<string, string> ComponentsOf16 = new(StringComparer.Ordinal)
    {
        ["flama.ml.PredictInput"] = "MLModelInput",
        ["flama.ml.PredictOutput"] = "MLModelOutput",
        ["flama.ml.StreamInput"] = "MLModelInput",
    };

    private static readonly string[] Said = ["tags", "summary", "description"];

    public static TheoryData<string> Exchanges => [.. RecordedExchange.Of("churn_resource").Select(exchange => exchange.Id)];

    [Theory]
    [MemberData(nameof(Exchanges))]
    public async Task Twin_AnswersAsTheOriginal(string id)
    {
        var exchange = RecordedExchange.Of("churn_resource").Single(exchange => string.Equals(exchange.Id, id, StringComparison.Ordinal));
        await using var twin = await StartAsync();

        var (status, body) = await exchange.AskAsync(twin);

        Twin.AssertSame(exchange, (status, body), Others);
    }

    [Fact]
    public async Task Document_HasThePathsTextsAndSchemasOfTheOriginal()
    {
        var original = RecordedExchange.Of("churn_resource").Single(exchange => exchange.Path == "/schema/").Answer!.Value;
        await using var twin = await StartAsync();
        using var document = JsonDocument.Parse(await twin.Client.GetStringAsync(new Uri("/schema/", UriKind.Relative), TestContext.Current.CancellationToken));

        var schemas = document.RootElement.GetProperty("components").GetProperty("schemas").EnumerateObject().Select(schema => LastPart(schema.Name)).ToList();
        Assert.All(
            original.GetProperty("components").GetProperty("schemas").EnumerateObject(),
            schema => Assert.Contains(ComponentsOf16.GetValueOrDefault(schema.Name, LastPart(schema.Name)), schemas));
        foreach (var path in original.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                var mine = document.RootElement.GetProperty("paths").GetProperty(path.Name).GetProperty(operation.Name);
                Assert.All(Said.Where(name => operation.Value.TryGetProperty(name, out _)), name => Assert.True(JsonElement.DeepEquals(operation.Value.GetProperty(name), mine.GetProperty(name)), $"{path.Name} {name}"));
                Assert.Equal("Churn model", mine.GetProperty("tags")[0].GetString());
                Assert.Equal(operation.Value.TryGetProperty("requestBody", out _), mine.TryGetProperty("requestBody", out _));
            }
        }
    }

    private static string LastPart(string name) => name[(name.LastIndexOf('.') + 1)..];

    private static Task<FlamaHost> StartAsync() => FlamaHost.StartAsync(
        app => app.MapModelResource<ChurnModel>("/churn/"),
        configure: builder =>
        {
            builder.Services.AddFlama();
            builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower);
        });

    public sealed class ChurnModel : ModelResource
    {
        public override string Name => "churn";

        public override string VerboseName => "Churn model";

        public override string ModelPath => Fixtures.PathOf("http", "flama-2.2", "models", "churn.flm");

        [ResourceMethod(
            "/loss/", "POST", Name = "loss", Summary = "Expected loss",
            Description = "Sum over the rows of the probability to leave times what was spent, less the cost of a call.")]
        public LossOutput Loss(LossInput data)
        {
            var cost = Artifacts["costs.json"].ReadJson().GetProperty("call").GetDouble();
            using var probabilities = Model.Invoke(ModelMethod.PredictProba, ModelRows.OfJson(data.Rows));
            double[] perRow = [.. data.Spent.Select((spent, i) => (probabilities.Batch.Row(i)[1] * spent) - cost)];
            return new(perRow.Sum(), perRow);
        }

        [ResourceMethod("/costs/", Name = "costs")]
        public JsonElement Costs() => Artifacts["costs.json"].ReadJson();
    }

    public sealed class LossInput
    {
        public required JsonElement Rows { get; init; }

        public required double[] Spent { get; init; }
    }

    public sealed record LossOutput(double Loss, double[] PerRow);
}
