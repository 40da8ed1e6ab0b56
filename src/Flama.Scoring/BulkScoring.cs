using System.Buffers;
using System.Text.Json;
using Flama.Adapters;
using Flama.Json;
using Flama.Scoring.Columns;
using Flama.Scoring.Input;

namespace Flama.Scoring;

/// <summary>Runs a model's method over rows in a file or pipe: any number of rows through a bounded amount of memory.</summary>
/// <example>
/// <code>
/// await using var input = File.OpenRead("customers.csv");
/// await using var output = File.Create("answers.ndjson");
/// var result = await BulkScoring.RunAsync(model.GetMethod("predict"), input, output, new() { OutputFormat = RowsFormat.NdJson });
/// </code>
/// </example>
public static class BulkScoring
{
    /// <summary>Reads rows and writes one result per row, in the order of the rows.</summary>
    /// <remarks>
    /// Rows come as CSV, by position or by the names in a header; as JSON values, one per line; or as one JSON list. A JSON list up to a MiB is read as one
    /// document, so that nothing is written when one of its rows is bad. gzip, zstd, xz and bzip2 are told by their first bytes. 
    /// The input of a tensor method is one JSON value, and so is its answer; one with a single numeric tensor of two dimensions takes rows as well, where CSV or
    /// NDJSON is set as the format. A method that takes images takes a PNG or JPEG file, one that takes texts a text per line, beside JSON. Where no format is set, Parquet and Arrow (files, streams and Feather) are told by their first bytes: their columns go by name, and
    /// their cells have types of their own. Parquet that comes through a pipe passes through a temporary file.
    /// </remarks>
    /// <param name="method">The method.</param>
    /// <param name="input">The rows; read to its end and left open.</param>
    /// <param name="output">Takes the results in UTF-8; flushed and left open. After a failure it may hold results of rows before it.</param>
    /// <param name="options">Formats and what happens to bad rows; null for the defaults.</param>
    /// <param name="progress">Hears of every chunk of rows; null for none.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>How many rows there were.</returns>
    /// <exception cref="FlamaException">
    /// A row is bad and bad rows end the run, there is no row, the input is not what it should be (<see cref="ErrorCodes.InvalidInput"/>,
    /// <see cref="ErrorCodes.MalformedJson"/>, <see cref="ErrorCodes.InputTooLarge"/>), the input fails (<see cref="ErrorCodes.FileUnreadable"/>), or the
    /// options contradict each other or the input (<see cref="ErrorCodes.InvalidOption"/>).
    /// </exception>
    public static async Task<ScoringResult> RunAsync(
        ModelMethod method,
        Stream input,
        Stream output,
        ScoringOptions? options = null,
        IProgress<ScoringProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(method);
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(output);
        options ??= new();
        var start = await InputText.OpenAsync(input, options.InputName, cancellationToken).ConfigureAwait(false);
        if (options.InputFormat is null && TableFormats.Of(start.Prefix) is { } tables)
        {
            Check(options, tables);
            using var columns = await tables.OpenAsync(start.Whole, options.InputName, cancellationToken).ConfigureAwait(false);
            return await RunTableAsync(method, columns, output, options, progress, cancellationToken).ConfigureAwait(false);
        }

        if (ContentSource.IsImage(method, start.Prefix))
        {
            CheckWhole(method, options, RowsFormat.Json);
            InputBuffer image = new(start.Whole, options.InputName);
            return await RunWholeAsync(method, image, file => ContentInputs.Image(method, file.Span), output, options, cancellationToken).ConfigureAwait(false);
        }

        InputBuffer buffer = new(InputText.Decode(start, options.InputEncoding), options.InputName);
        method = options.InputFormat is RowsFormat.Csv or RowsFormat.NdJson ? MethodAdapters.AsRows(method) : method;
        var spec = method.Input is TableSpec table ? table with { IgnoredNames = options.DropColumns } : null;
        if (spec is not null && options.InputFormat is null or RowsFormat.Json)
        {
            await RowSources.FillFirstLineAsync(buffer, cancellationToken).ConfigureAwait(false);
        }

        var format = options.InputFormat ?? (spec is null ? RowsFormat.Json : RowSources.OfContent(buffer, spec));
        Check(options, format);
        if (spec is null || (format == RowsFormat.Json && await IsForOnePieceAsync(method, buffer, options, cancellationToken).ConfigureAwait(false)))
        {
            CheckWhole(method, options, format);
            return await RunWholeAsync(method, buffer, json => Read(method, spec, json, options), output, options, cancellationToken).ConfigureAwait(false);
        }

        CheckByRow(method);
        using ScoringRun run = new(method, RowSources.Open(format, buffer, spec, options), options);
        return await run.RunAsync(output, progress, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<ScoringResult> RunTableAsync(
        ModelMethod method, ColumnTable table, Stream output, ScoringOptions options, IProgress<ScoringProgress>? progress, CancellationToken cancellationToken)
    {
        method = MethodAdapters.AsRows(method);
        if (method.Input is not TableSpec spec)
        {
            throw Contradiction($"'{method.Name}' of this model takes tensors, and the input is {table.Format}.", "Give them as one JSON value.");
        }

        CheckByRow(method);
        using ScoringRun run = new(method, new TableRows(table, spec, options), options);
        return await run.RunAsync(output, progress, cancellationToken).ConfigureAwait(false);
    }

    // A small list, and what is not a list, is read as one document: then nothing is written when one row is bad.
    private static async ValueTask<bool> IsForOnePieceAsync(
        ModelMethod method, InputBuffer input, ScoringOptions options, CancellationToken cancellationToken)
    {
        if (method.OutputForm != OutputForm.Single || !RowSources.IsList(input))
        {
            return true;
        }

        await input.FillToAsync(RowSources.SmallInput, cancellationToken).ConfigureAwait(false);
        return options is { BadRows: BadRowPolicy.Stop, OutputFormat: RowsFormat.Json } && input.IsComplete;
    }

    private static async Task<ScoringResult> RunWholeAsync(
        ModelMethod method, InputBuffer input, Func<ReadOnlyMemory<byte>, ModelInput> read, Stream output, ScoringOptions options, CancellationToken cancellationToken)
    {
        await input.FillToEndAsync(cancellationToken).ConfigureAwait(false);
        ArrayBufferWriter<byte> text = new();
        var rows = Answer(method, read(input.Take()), options, text, cancellationToken);
        await output.WriteAsync(text.WrittenMemory, cancellationToken).ConfigureAwait(false);
        await output.FlushAsync(cancellationToken).ConfigureAwait(false);
        return new ScoringResult(rows, 0);
    }

    private static ModelInput Read(ModelMethod method, TableSpec? spec, ReadOnlyMemory<byte> json, ScoringOptions options) =>
        spec is null && options.InputFormat is null && ContentSource.AreTexts(method, json.Span)
            ? ContentSource.Texts(method, json.Span)
            : InputReader.For(spec ?? method.Input).ReadValue((spec is not null ? FlatRows.Wrap(json, spec) : json).Span);

    private static int Answer(ModelMethod method, ModelInput input, ScoringOptions options, ArrayBufferWriter<byte> text, CancellationToken cancellationToken)
    {
        using var read = input;
        using var results = method.Invoke(input, new InvokeOptions(options.MaxDegreeOfParallelism, cancellationToken));
        ArrayBufferWriter<byte> compact = new();
        using (var writer = new Utf8JsonWriter(compact, JsonOutput.Compact))
        {
            OutputWriter.Write(writer, results);
        }

        PythonLayout.Write(compact.WrittenSpan, options.Indented, text);
        return input.Rows;
    }

    private static void Check(ScoringOptions options, TableFormat format)
    {
        CheckOutput(options);
        if (options.HasHeader is not null || options.InputEncoding is not null)
        {
            var what = options.HasHeader is null ? "An encoding is for text" : "A header is for CSV";
            throw Contradiction($"{what}, and the rows are {format.Name}.", "Leave it out.");
        }
    }

    private static void CheckOutput(ScoringOptions options)
    {
        if (options is { Indented: true, OutputFormat: not RowsFormat.Json })
        {
            throw Contradiction(
                $"A line per item is for JSON, and the results are written as {NameOf(options.OutputFormat)}.", "Leave it out, or write JSON.");
        }
    }

    private static void Check(ScoringOptions options, RowsFormat format)
    {
        CheckOutput(options);
        if (options.HasHeader is not null && format != RowsFormat.Csv)
        {
            throw Contradiction($"A header is for CSV, and the rows are {NameOf(format)}.", "Leave it out, or name CSV as the format of the input.");
        }
    }

    private static void CheckWhole(ModelMethod method, ScoringOptions options, RowsFormat format)
    {
        if (format == RowsFormat.Json && options is { BadRows: BadRowPolicy.Stop, OutputFormat: RowsFormat.Json })
        {
            return;
        }

        if (method.Input is not TableSpec)
        {
            throw Contradiction(
                $"'{method.Name}' of this model takes tensors, not rows.", "Give them as one JSON value, and leave formats and the handling of bad rows out.");
        }

        CheckByRow(method);
        throw Contradiction(
            "The handling of bad rows and the format of the output need the rows one by one, and the input is not a list.",
            "Give the rows as a JSON list, NDJSON or CSV.");
    }

    private static void CheckByRow(ModelMethod method)
    {
        if (method.OutputForm != OutputForm.Single)
        {
            throw Contradiction(
                $"'{method.Name}' of this model answers with one list per output, not with one result per row.",
                "Give the rows as one JSON list, and leave the format of the output and the handling of bad rows out.");
        }
    }

    private static string NameOf(RowsFormat format) => format.ToString().ToLowerInvariant();

    private static FlamaException Contradiction(string message, string remedy) => new(ErrorCodes.InvalidOption, message, remedy);
}
