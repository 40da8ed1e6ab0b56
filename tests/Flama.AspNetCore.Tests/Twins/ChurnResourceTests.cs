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

    public static TheoryData<string> Exchanges => [.. RecordedExchange.Of("churn_resource").Select(exchange => exchange.Id)];

    [Theory]
    [MemberData(nameof(Exchanges))]
    public async Task Twin_AnswersAsTheOriginal(string id)
    {
        var exchange = RecordedExchange.Of("churn_resource").Single(exchange => string.Equals(exchange.Id, id, StringComparison.Ordinal));
        await using var twin = await FlamaHost.StartAsync(
            app => app.MapModelResource<ChurnModel>("/churn/"),
            configure: builder =>
            {
                builder.Services.AddFlama();
                builder.Services.ConfigureHttpJsonOptions(json => json.SerializerOptions.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower);
            });

        var (status, body) = await exchange.AskAsync(twin);

        Assert.Equal(Others.TryGetValue(id, out var other) ? other.Status : exchange.Status, status);
        if (exchange.Status == 200 && exchange.Answer is { } answer && !exchange.Path.StartsWith("/schema", StringComparison.Ordinal))
        {
            using var given = JsonDocument.Parse(body);
            Assert.True(RecordedExchange.Has(given.RootElement, answer), $"The original answers\n{answer.GetRawText()}\nand the twin\n{body}");
        }
        else if (exchange.Status >= 400 && other == default)
        {
            using var given = JsonDocument.Parse(body);
            Assert.Equal(
                (exchange.Answer!.Value.GetProperty("status_code").GetInt32(), exchange.Answer.Value.GetProperty("error").GetString()),
                (given.RootElement.GetProperty("status_code").GetInt32(), given.RootElement.GetProperty("error").GetString()));
        }
    }

    public sealed class ChurnModel : ModelResource
    {
        public override string Name => "churn";

        public override string VerboseName => "Churn model";

        public override string ModelPath => Fixtures.PathOf("http", "flama-2.2", "models", "churn.flm");

        [ResourceMethod("/loss/", "POST", Name = "loss")]
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
