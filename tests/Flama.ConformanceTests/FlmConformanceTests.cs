using System.Buffers;
using System.Text;
using System.Text.Json;
using Flama.Json;
using Flama.Packaging;
using Flama.Tests;

namespace Flama.ConformanceTests;

/// <summary>Every package of every generation: Python's own predictions for every row and every edge case of its golden document.</summary>
public sealed class FlmConformanceTests
{
    // Sums run in another order than BLAS runs them; probabilities of these models differ by less than this.
    private const double ProbabilityTolerance = 1e-12;

    public static TheoryData<string> Packages() =>
    [
        .. Fixtures.List("flm", "*.flm").Concat(Fixtures.List("flm/estimators", "*.flm"))
            .Where(path => !Path.GetFileName(path).StartsWith("torch_", StringComparison.Ordinal)
                && !Path.GetFileName(path).StartsWith("bundle_", StringComparison.Ordinal)),
    ];

    [Theory]
    [MemberData(nameof(Packages))]
    public void Package_OfGolden_PredictsAsPython(string path)
    {
        using var golden = JsonDocument.Parse(File.ReadAllBytes(GoldenOf(path)));
        using var package = ModelPackage.Open(Fixtures.PathOf(path));

        using var model = Engines.Load(package.ReadModel());

        var rows = golden.RootElement.GetProperty("rows");
        var input = Encoding.UTF8.GetBytes(rows.GetProperty("input").GetRawText());
        AssertAnswers(model, "rows", input, rows);
        foreach (var edge in golden.RootElement.GetProperty("edge").EnumerateArray())
        {
            AssertAnswers(model, edge.GetProperty("note").GetString()!, Encoding.UTF8.GetBytes(edge.GetProperty("input_json").GetString()!), edge);
        }
    }

    // Since 1.5.0 the original writes all parameters, in this order, and null for what JSON has no word for.
    [Theory]
    [MemberData(nameof(Packages))]
    public void BareModel_OfPackage_HasTheParametersThatPythonWrote(string path)
    {
        using var package = ModelPackage.Open(Fixtures.PathOf(path));
        var source = package.ReadModel();

        using var model = Engines.Load(source with { Metadata = null });

        Assert.Equal(InfoOf(source.Metadata!), InfoOf(model.Metadata));
    }

    private static string InfoOf(ModelMetadata metadata) => JsonSerializer.Serialize(metadata.Info);

    private static string GoldenOf(string path)
    {
        var name = Path.GetFileNameWithoutExtension(path);
        return Fixtures.PathOf(Path.GetDirectoryName(path)!, $"{name[..name.IndexOf("__", StringComparison.Ordinal)]}__{name[name.IndexOf("sk", StringComparison.Ordinal)..]}.golden.json");
    }

    private static void AssertAnswers(Model model, string note, byte[] input, JsonElement golden)
    {
        foreach (var method in new[] { "predict", "predict_proba" })
        {
            if (golden.TryGetProperty(method, out var expected))
            {
                var actual = Answer(model, method, input);
                AssertSame($"{note} {method}", expected, actual.RootElement, method == "predict" ? 0 : ProbabilityTolerance);
            }
            else if (golden.TryGetProperty($"{method}_error", out _) && !IsAnsweredOnPurpose(note) && model.FindMethod(method) is not null)
            {
                var exception = Assert.Throws<FlamaException>(() => Answer(model, method, input));
                Assert.True(exception.Code == ErrorCodes.InvalidInput, $"{note} {method}: {exception.Code}: {exception.Message}");
            }
        }
    }

    // A flat row of the right length and rows as objects are answered where Python refuses them.
    private static bool IsAnsweredOnPurpose(string note) => note is "1d" or "dict rows" or "big int";

    private static JsonDocument Answer(Model model, string method, byte[] input)
    {
        using var batch = InputReader.For(model.GetMethod(method).Input).ReadValue(input);
        using var prediction = model.GetMethod(method).Invoke(batch);
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonOutput.Compact))
        {
            OutputWriter.Write(writer, prediction);
        }

        return JsonDocument.Parse(buffer.WrittenMemory);
    }

    private static void AssertSame(string place, JsonElement expected, JsonElement actual, double tolerance)
    {
        if (expected.ValueKind == JsonValueKind.Array)
        {
            Assert.True(actual.ValueKind == JsonValueKind.Array && expected.GetArrayLength() == actual.GetArrayLength(), $"{place}: {actual}");
            var i = 0;
            foreach (var (one, other) in expected.EnumerateArray().Zip(actual.EnumerateArray()))
            {
                AssertSame($"{place}[{i++}]", one, other, tolerance);
            }
        }
        else if (expected.ValueKind == JsonValueKind.Number && tolerance > 0)
        {
            Assert.True(Math.Abs(expected.GetDouble() - actual.GetDouble()) <= tolerance, $"{place}: {actual.GetRawText()}, expected {expected.GetRawText()}");
        }
        else if (expected.ValueKind == JsonValueKind.Number && expected.GetRawText().Contains('.', StringComparison.Ordinal))
        {
            // A regressor's predictions: exactly up to the last digits that the order of additions moves.
            Assert.Equal(expected.GetDouble(), actual.GetDouble(), 1e-12 * Math.Max(1, Math.Abs(expected.GetDouble())));
        }
        else if (expected.ValueKind == JsonValueKind.String && expected.GetString() is "NaN" or "Infinity" or "-Infinity")
        {
            Assert.Equal(JsonValueKind.Null, actual.ValueKind);
        }
        else
        {
            Assert.True(expected.GetRawText() == actual.GetRawText(), $"{place}: {actual.GetRawText()}, expected {expected.GetRawText()}");
        }
    }
}
