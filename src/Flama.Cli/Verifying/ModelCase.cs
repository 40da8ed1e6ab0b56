using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Flama.Json;

namespace Flama.Cli.Verifying;

/// <summary>One stored question with its answer.</summary>
/// <param name="Method">The method of the model.</param>
/// <param name="Input">The rows.</param>
/// <param name="Output">What the method should answer.</param>
internal sealed record ModelCase(string Method, JsonElement Input, JsonElement Output)
{
    private const int MostDifferences = 100;

    /// <summary>How many rows the case has.</summary>
    public int Rows => Input.GetArrayLength();

    /// <summary>Reads cases.</summary>
    /// <param name="json">A list of cases, or an object with the list in <c>cases</c>.</param>
    /// <exception cref="FlamaException">The text is something else.</exception>
    public static IReadOnlyList<ModelCase> ReadAll(ReadOnlySpan<byte> json)
    {
        JsonElement root;
        try
        {
            root = PythonJson.Parse(json);
        }
        catch (JsonException exception)
        {
            throw new FlamaException(ErrorCodes.MalformedJson, "The cases are not JSON.", "See: flama model MODEL verify --help", exception);
        }

        var list = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("cases", out var inner) ? inner : root;
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0)
        {
            throw Invalid("The cases are no list of at least one case.");
        }

        return [.. list.EnumerateArray().Select(Read)];
    }

    /// <summary>Asks the model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="index">The case's place, for messages.</param>
    /// <param name="tolerance">Largest relative difference between numbers that are still equal.</param>
    /// <returns>What differs; a sentence each.</returns>
    public IReadOnlyList<string> Verify(Model model, int index, double tolerance)
    {
        var method = model.GetMethod(Method);
        using var rows = InputReader.For(method.Input).ReadValue(Encoding.UTF8.GetBytes(Input.GetRawText()));
        using var results = method.Invoke(rows, new InvokeOptions(Environment.ProcessorCount));
        ArrayBufferWriter<byte> text = new();
        using (var writer = new Utf8JsonWriter(text, JsonOutput.Compact))
        {
            OutputWriter.Write(writer, results);
        }

        using var found = JsonDocument.Parse(text.WrittenMemory);
        List<string> differences = [];
        Compare(Output, found.RootElement, string.Create(CultureInfo.InvariantCulture, $"case {index}, {Method}"), tolerance, differences);
        return differences;
    }

    private static ModelCase Read(JsonElement element, int index)
    {
        if (element.ValueKind != JsonValueKind.Object
            || !element.TryGetProperty("input", out var input) || input.ValueKind != JsonValueKind.Array
            || !element.TryGetProperty("output", out var output))
        {
            throw Invalid($"Case {index} is no object with a list in 'input' and a value in 'output'.");
        }

        var method = element.TryGetProperty("method", out var name) ? name.GetString() : null;
        return new ModelCase(method ?? ModelMethod.Predict, input, output);
    }

    // The parser has bounded the depth.
    private static void Compare(JsonElement expected, JsonElement found, string place, double tolerance, List<string> differences)
    {
        if (differences.Count >= MostDifferences)
        {
            return;
        }

        if (expected.ValueKind == JsonValueKind.Array && found.ValueKind == JsonValueKind.Array)
        {
            if (expected.GetArrayLength() != found.GetArrayLength())
            {
                differences.Add($"{place}: expected {expected.GetArrayLength()} values, found {found.GetArrayLength()}");
                return;
            }

            var item = 0;
            foreach (var (left, right) in expected.EnumerateArray().Zip(found.EnumerateArray()))
            {
                Compare(left, right, $"{place}, {item++}", tolerance, differences);
            }
        }
        else if (!AreEqual(expected, found, tolerance))
        {
            differences.Add($"{place}: expected {expected.GetRawText()}, found {found.GetRawText()}");
        }
    }

    private static bool AreEqual(JsonElement expected, JsonElement found, double tolerance) => (expected.ValueKind, found.ValueKind) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => AreNear(expected.GetDouble(), found.GetDouble(), tolerance),
        (JsonValueKind.String, JsonValueKind.String) => expected.GetString() == found.GetString(),
        var (left, right) => left == right,
    };

    private static bool AreNear(double expected, double found, double tolerance) =>
        expected.Equals(found) || Math.Abs(expected - found) <= tolerance * Math.Max(Math.Abs(expected), Math.Abs(found));

    private static FlamaException Invalid(string message) =>
        new(ErrorCodes.InvalidInput, message, "Write: [{\"method\": \"predict\", \"input\": [[…]], \"output\": […]}]");
}
