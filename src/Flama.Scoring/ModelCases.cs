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

    /// <summary>The column of a CSV file that has the answers, unless told otherwise.</summary>
    public const string DefaultColumn = "output";

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

    /// <summary>Reads a table of rows with the answers in columns beside them: one case with all rows.</summary>
    /// <param name="csv">Comma-separated values with a header; read to its end and left open.</param>
    /// <param name="method">The method that answers, which takes rows.</param>
    /// <param name="columns">The columns with the answer: one for a number or a label, several for a list of them; none for one of the name <c>output</c>.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="FlamaException">The table is not one of rows for the method, or has no such column.</exception>
    public static Task<ModelCase> ReadCsvAsync(Stream csv, ModelMethod method, IReadOnlyList<string>? columns = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(csv);
        ArgumentNullException.ThrowIfNull(method);
        return CsvCases.ReadAsync(csv, method, columns is { Count: > 0 } ? columns : [DefaultColumn], cancellationToken);
    }

    /// <summary>Reads a file of cases: JSON, or CSV where its name ends so; see <see cref="Read(ReadOnlySpan{byte})"/> and <see cref="ReadCsvAsync"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="model">The model that they are for; rows of CSV are for its <c>predict</c>.</param>
    /// <param name="cancellationToken">Gives it up.</param>
    /// <exception cref="FlamaException">The file cannot be read, or does not hold cases.</exception>
    public static async Task<IReadOnlyList<ModelCase>> ReadFileAsync(string path, Model model, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(model);
        try
        {
            if (!path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase))
            {
                return Read(await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false));
            }

            var csv = File.OpenRead(path);
            await using (csv.ConfigureAwait(false))
            {
                return [await ReadCsvAsync(csv, model.GetMethod(ModelMethod.Predict), cancellationToken: cancellationToken).ConfigureAwait(false)];
            }
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FlamaException(ErrorCodes.FileNotFound, $"There is no file '{path}' with cases.", "Check its path.", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new FlamaException(ErrorCodes.FileUnreadable, $"The cases in '{path}' cannot be read.", "Check that it is a file and that this user may read it.", failure);
        }
    }

    /// <summary>The case of an example that a model was stored with: its rows must be answered, whatever the answers.</summary>
    /// <param name="rows">The rows, as in the <c>input</c> of a request.</param>
    public static ModelCase OfExample(JsonElement rows) => new(ModelMethod.Predict, rows, default);

    /// <summary>Asks a model what the cases ask.</summary>
    /// <param name="model">The model.</param>
    /// <param name="cases">The cases.</param>
    /// <param name="tolerance">The largest relative difference between numbers that are still equal.</param>
    /// <returns>
    /// What differs, one sentence each with the number of the case, its row and column, counted from 0, and what was expected and found; empty when everything is equal.
    /// </returns>
    /// <exception cref="FlamaException">The model does not have a method, or does not take an input.</exception>
    public static IReadOnlyList<string> Verify(Model model, IReadOnlyList<ModelCase> cases, double tolerance = DefaultTolerance)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(cases);
        return [.. cases.SelectMany((one, index) => Verify(model, one, index, tolerance))];
    }

    /// <summary>Compares an answer that came from elsewhere, such as a server, with what a case expects.</summary>
    /// <param name="one">The case.</param>
    /// <param name="index">Its number, for the sentences.</param>
    /// <param name="found">The answer, as in the <c>output</c> of a response.</param>
    /// <param name="method">The method that answered; null where it is not known.</param>
    /// <param name="tolerance">The largest relative difference between numbers that are still equal.</param>
    /// <returns>What differs, as <see cref="Verify(Model, IReadOnlyList{ModelCase}, double)"/> tells it.</returns>
    public static IReadOnlyList<string> Compare(ModelCase one, int index, JsonElement found, ModelMethod? method = null, double tolerance = DefaultTolerance)
    {
        ArgumentNullException.ThrowIfNull(one);
        if (one.Output.ValueKind == JsonValueKind.Undefined)
        {
            return [];
        }

        CaseComparison comparison = new(tolerance, method?.OutputForm ?? OutputForm.Single, method?.Outputs[0].Columns);
        comparison.Compare(one.Output, found, NameOf(one, index));
        return comparison.Differences;
    }

    /// <summary>A case in a sentence.</summary>
    /// <param name="one">The case.</param>
    /// <param name="index">Its number.</param>
    public static string NameOf(ModelCase one, int index)
    {
        ArgumentNullException.ThrowIfNull(one);
        return string.Create(CultureInfo.InvariantCulture, $"case {index}, {one.Method}");
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

    private static IReadOnlyList<string> Verify(Model model, ModelCase one, int index, double tolerance)
    {
        var method = model.GetMethod(one.Method);
        using var input = InputReader.For(method.Input).ReadValue(Encoding.UTF8.GetBytes(one.Input.GetRawText()));
        using var results = method.Invoke(input, new InvokeOptions(Environment.ProcessorCount));
        ArrayBufferWriter<byte> text = new();
        using (var writer = new Utf8JsonWriter(text, JsonOutput.Compact))
        {
            OutputWriter.Write(writer, results);
        }

        using var found = JsonDocument.Parse(text.WrittenMemory, new JsonDocumentOptions { MaxDepth = PythonLayout.MaxDepth });
        return Compare(one, index, found.RootElement, method, tolerance);
    }

    private static FlamaException Invalid(string message) => new(ErrorCodes.InvalidInput, message, Form);
}
