using Flama.Cli.Input;
using Flama.Cli.Output;
using Flama.Json;

namespace Flama.Cli.Scoring;

/// <summary>Runs a model's method over rows, chunk by chunk, results in the order of the rows.</summary>
internal sealed class RowScorer(ModelMethod method, TableSpec signature, ResultWriter output, BadRows badRows)
{
    private const int BadRequest = 400;

    // Messages about a single row call it by this.
    private const string OnlyRow = "Row 0";

    private readonly FeatureReader reader = new(signature);

    /// <summary>Runs over everything.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="progress">Hears of every chunk.</param>
    /// <returns>The number of rows.</returns>
    /// <exception cref="FlamaException">A row is bad and bad rows end the run, there is no row, or the input or the output fails.</exception>
    public long Run(RowSource source, ScoringProgress progress)
    {
        RowChunk chunk = new();
        long rows = 0;
        while (true)
        {
            chunk.Clear();
            source.Read(chunk);
            if (chunk.Count == 0)
            {
                break;
            }

            Score(chunk);
            output.Flush();
            rows += chunk.Count;
            progress.Report(rows, source.Progress);
        }

        return rows > 0 ? rows : throw new FlamaException(ErrorCodes.InvalidInput, "The input has no rows.", "Give one row at least.");
    }

    private void Score(RowChunk chunk)
    {
        var first = 0;
        while (first < chunk.Count)
        {
            if (chunk.FaultOf(first) is { } fault)
            {
                Refuse(chunk.PlaceOf(first), fault, null);
                first++;
                continue;
            }

            var end = first + 1;
            while (end < chunk.Count && chunk.FaultOf(end) is null)
            {
                end++;
            }

            Score(chunk, first, end - first);
            first = end;
        }
    }

    // Rows that fail together are tried in halves, down to the rows that fail alone; a chunk's size bounds the depth.
    private void Score(RowChunk chunk, int first, int count)
    {
        try
        {
            using var rows = reader.ReadRows(chunk.List(first, count));
            if (rows.Rows == count)
            {
                using var results = method.Invoke(rows, new InvokeOptions(Environment.ProcessorCount));
                output.Write(results);
                return;
            }

            if (count == 1)
            {
                Refuse(chunk.PlaceOf(first), "is not one row.", null);
                return;
            }
        }
        catch (FlamaException failure) when (failure.Code.HttpStatus == BadRequest)
        {
            if (count == 1)
            {
                var message = failure.Message.StartsWith(OnlyRow, StringComparison.Ordinal)
                    ? failure.Message[OnlyRow.Length..].TrimStart(' ')
                    : $"is refused: {failure.Message}";
                Refuse(chunk.PlaceOf(first), message, failure.Remedy);
                return;
            }
        }

        var half = count / 2;
        Score(chunk, first, half);
        Score(chunk, first + half, count - half);
    }

    private void Refuse(long place, string what, string? remedy)
    {
        if (badRows.Add(place, what, remedy))
        {
            output.WriteNull();
        }
    }
}
