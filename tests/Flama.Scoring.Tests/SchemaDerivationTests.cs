using System.Text;
using System.Text.Json;
using Flama.Schemas;

namespace Flama.Scoring.Tests;

public sealed class SchemaDerivationTests
{
    private static readonly TableMethod Method = new(
        "predict",
        new TableSpec(
        [
            new(FeatureKind.Number) { Name = "age", AllowsMissing = true },
            new(FeatureKind.Number) { Name = "active" },
            new(FeatureKind.Any) { Name = "plan" },
            new(FeatureKind.Any) { Name = "name" },
            new(FeatureKind.Any) { Name = "unused", IsUsed = false },
        ]),
        [OutputSpec.OfRows(PredictionKind.Float)],
        (FeatureBatch _, in InvokeOptions _) => throw new NotSupportedException());

    [Fact]
    public async Task RunAsync_Rows_GivesRangesValuesAndLengths()
    {
        var schema = await DeriveAsync(0);

        var properties = schema.RootElement.GetProperty("properties");
        Assert.Equal("""{"type":["number","null"],"minimum":20,"maximum":119}""", Compact(properties, "age"));
        Assert.Equal("""{"type":"number","enum":[0,1]}""", Compact(properties, "active"));
        Assert.Equal("""{"type":"string","enum":["basic","pro"]}""", Compact(properties, "plan"));
        Assert.Equal("""{"type":"string","minLength":5,"maxLength":6}""", Compact(properties, "name"));
        Assert.False(properties.TryGetProperty("unused", out _));
        Assert.Equal("Derived from 101 rows of the input.", schema.RootElement.GetProperty("description").GetString());
    }

    [Fact]
    public async Task RunAsync_Margin_WidensRanges()
    {
        var schema = await DeriveAsync(0.1);

        Assert.Equal("""{"type":["number","null"],"minimum":10.1,"maximum":128.9}""", Compact(schema.RootElement.GetProperty("properties"), "age"));
    }

    [Fact]
    public async Task RunAsync_Schema_IsOneThatModelsTake()
    {
        var schema = ModelSchema.Parse((await DeriveAsync(0)).RootElement);

        Assert.Equal(["active", "age", "name", "plan"], schema.Names.Keys.Order(StringComparer.Ordinal));
    }

    private static string Compact(JsonElement properties, string name) => JsonSerializer.Serialize(properties.GetProperty(name));

    private static async Task<JsonDocument> DeriveAsync(double margin)
    {
        StringBuilder csv = new("age,active,plan,name,unused,target\n,1,pro,Name0,x,1\n");
        for (var i = 0; i < 100; i++)
        {
            csv.Append(System.Globalization.CultureInfo.InvariantCulture, $"{20 + i},{i % 2},{(i % 3 == 0 ? "pro" : "basic")},Name{i},x,1\n");
        }

        using MemoryStream input = new(Encoding.UTF8.GetBytes(csv.ToString()));
        var schema = await SchemaDerivation.RunAsync(Method, input, new() { DropColumns = ["target"] }, margin, TestContext.Current.CancellationToken);
        return JsonDocument.Parse(schema);
    }
}
