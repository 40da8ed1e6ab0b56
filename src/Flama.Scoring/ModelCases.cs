using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Flama.Json;

namespace Flama.Scoring;

/// <summary>Reads stored cases and compares them with what a model answers.</summary>
public static class ModelCases
{
    /// <summary>The largest relative difference between numbers that are still equal, unless told otherwise.</summary>
    public const double DefaultTolerance = 1e-9;

    /// <summary>The artifact in which a package brings its own cases.</summary>
    public const string ArtifactName = "cases.json";

    private const int MostDifferences = 100;
    private const string Form = "Write: [{\"method\": \"predict\", \"input\": [[…]], \"output\": […]}]";

    /// <summary>Reads cases.</summary>
    /// <param name="json">
    /// A list of objects with <c>input</c>, <c>output</c> and the name of the <c>method</c> (<c>predict</c> where it is missing), or an object with that
    /// list in <c>cases</c>. Python's bare words for NaN and infinities are null.
    /// </param>
    /// <exception cref="FlamaException">
    /// The text is not JSON (<see cref="ErrorCodes.MalformedJson"/>) or something else than cases (<see cref="ErrorCodes.InvalidInput"/>).
    /// </exception>
    public static IReadOnlyList<ModelCase> Read(ReadOnlySpan<byte> json)
    {
        JsonElement root;
        try
        {
            root = PythonJson.Parse(json);
        }
        catch (JsonException exception)
        {
            throw new FlamaException(ErrorCodes.MalformedJson, "The cases are not JSON.", Form, exception);
        }

        var list = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("cases", out var inner) ? inner : root;
        return list.ValueKind == JsonValueKind.Array && list.GetArrayLength() > 0
            ? [.. list.EnumerateArray().Select(Read)]
            : throw Invalid("The cases are not a list of at least one case.");
    }

    /// <summary>The case of an example that a model was stored with: its rows must be answered, whatever the answers.</summary>
    /// <param name="rows">The rows, as in the <c>input</c> of a request.</param>
    public static ModelCase OfExample(JsonElement rows) => new(ModelMethod.Predict, rows, default);

    /// <summary>Asks a model what the cases ask.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cases">The cases.</param>
    /// <param name="tolerance">The largest relative difference between numbers that are still equal.</param>
    /// <returns>What differs, one sentence each with the number of the case from 0; empty when everything is equal.</returns>
    /// <exception cref="FlamaException">The model does not have a method, or does not take an input.</exception>
    public static IReadOnlyList<string> Verify(Model model, IReadOnlyList<ModelCase> cases, double tolerance = DefaultTolerance)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(cases);
        return [.. cases.SelectMany((one, index) => Verify(model, one, index, tolerance))];
    }

    private static ModelCase Read(JsonElement element, int index)
    {
        if (element.ValueKind != JsonValueKind.Object
            || !element.TryGetProperty("input", out var input) || input.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object)
            || !element.TryGetProperty("output", out var output))
        {
            throw Invalid($"Case {index} is not an object with a list in 'input' and a value in 'output'.");
        }

        var method = element.TryGetProperty("method", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
        return new ModelCase(method ?? ModelMethod.Predict, input, output);
    }

    private static List<string> Verify(Model model, ModelCase one, int index, double tolerance)
    {
        var method = model.GetMethod(one.Method);
        using var input = InputReader.For(method.Input).ReadValue(Encoding.UTF8.GetBytes(one.Input.GetRawText()));
        using var results = method.Invoke(input, new InvokeOptions(Environment.ProcessorCount));
        if (one.Output.ValueKind == JsonValueKind.Undefined)
        {
            return [];
        }

        ArrayBufferWriter<byte> text = new();
        using (var writer = new Utf8JsonWriter(text, JsonOutput.Compact))
        {
            OutputWriter.Write(writer, results);
        }

        using var found = JsonDocument.Parse(text.WrittenMemory, new JsonDocumentOptions { MaxDepth = PythonLayout.MaxDepth });
        List<string> differences = [];
        Compare(one.Output, found.RootElement, string.Create(CultureInfo.InvariantCulture, $"case {index}, {one.Method}"), tolerance, differences);
        return differences;
    }

    // The parser has bounded the depth.
    private static void Compare(JsonElement expected, JsonElement found, string where, double tolerance, List<string> differences)
    {
        if (differences.Count >= MostDifferences)
        {
            return;
        }

        switch (expected.ValueKind, found.ValueKind)
        {
            case (JsonValueKind.Array, JsonValueKind.Array) when expected.GetArrayLength() != found.GetArrayLength():
                differences.Add($"{where}: expected {expected.GetArrayLength()} values, found {found.GetArrayLength()}");
                break;
            case (JsonValueKind.Array, JsonValueKind.Array):
                var item = 0;
                foreach (var (left, right) in expected.EnumerateArray().Zip(found.EnumerateArray()))
                {
                    Compare(left, right, $"{where}, {item++}", tolerance, differences);
                }

                break;
            case (JsonValueKind.Object, JsonValueKind.Object):
                CompareMembers(expected, found, where, tolerance, differences);
                break;
            default:
                if (!AreEqual(expected, found, tolerance))
                {
                    differences.Add($"{where}: expected {expected.GetRawText()}, found {found.GetRawText()}");
                }

                break;
        }
    }

    private static void CompareMembers(JsonElement expected, JsonElement found, string where, double tolerance, List<string> differences)
    {
        foreach (var member in expected.EnumerateObject())
        {
            if (found.TryGetProperty(member.Name, out var value))
            {
                Compare(member.Value, value, $"{where}, {member.Name}", tolerance, differences);
            }
            else
            {
                differences.Add($"{where}: expected '{member.Name}', found none");
            }
        }

        differences.AddRange(found.EnumerateObject().Where(member => !expected.TryGetProperty(member.Name, out _))
            .Select(member => $"{where}: '{member.Name}' was not expected"));
    }

    private static bool AreEqual(JsonElement expected, JsonElement found, double tolerance) => (expected.ValueKind, found.ValueKind) switch
    {
        (JsonValueKind.Number, JsonValueKind.Number) => AreNear(expected, found, tolerance),
        (JsonValueKind.String, JsonValueKind.String) => expected.GetString() == found.GetString(),
        var (left, right) => left == right,
    };

    private static bool AreNear(JsonElement expected, JsonElement found, double tolerance)
    {
        var (wanted, given) = (expected.GetDouble(), found.GetDouble());
        return wanted.Equals(given) || Math.Abs(wanted - given) <= tolerance * Math.Max(Math.Abs(wanted), Math.Abs(given));
    }

    private static FlamaException Invalid(string message) => new(ErrorCodes.InvalidInput, message, Form);
}
