using System.Globalization;
using System.Runtime.ExceptionServices;
using Flama.Scoring.Input;
using Flama.Scoring.Output;

namespace Flama.Scoring;

/// <summary>A chunk of rows and what becomes of it: results in the order of the rows, bad rows, a failure. One thread at a time.</summary>
internal sealed class RowScorer(ModelMethod method, RowChunk chunk, ResultWriter output, BadRows badRows) : IDisposable
{
    private const int BadRequest = 400;

    private InvokeOptions invoke;

    /// <summary>The rows.</summary>
    public RowChunk Chunk => chunk;

    /// <summary>The results.</summary>
    public ResultWriter Output => output;

    /// <summary>What ended the run here: a bad row where those do, or the model; null when nothing did.</summary>
    public ExceptionDispatchInfo? Failure { get; private set; }

    /// <summary>Runs over the chunk.</summary>
    /// <param name="options">Threads and cancellation of the model.</param>
    public void Score(in InvokeOptions options)
    {
        invoke = options;
        try
        {
            chunk.Prepare();
            Score();
        }
        catch (Exception exception)
        {
            Failure = ExceptionDispatchInfo.Capture(exception);
        }
    }

    /// <summary>Tells of the bad rows.</summary>
    /// <returns>How many there were.</returns>
    public int ReportBadRows() => badRows.Report();

    /// <inheritdoc/>
    public void Dispose() => chunk.Dispose();

    private void Score()
    {
        var first = 0;
        while (first < chunk.Count)
        {
            if (chunk.FaultOf(first) is { } fault)
            {
                Refuse(chunk.PositionOf(first), fault, null);
                first++;
                continue;
            }

            var end = chunk.EndOfRun(first);
            Score(first, end - first);
            first = end;
        }
    }

    // Rows that fail together are tried in halves, down to the rows that fail alone; a chunk's size bounds the depth.
    private void Score(int first, int count)
    {
        var firstRow = 0;
        try
        {
            using var rows = chunk.Rows(first, count);
            firstRow = rows.FirstRow;
            if (rows.Rows == count)
            {
                using var results = method.Invoke(rows, invoke);
                output.Write(results);
                return;
            }

            if (count == 1)
            {
                Refuse(chunk.PositionOf(first), "is not one row.", null);
                return;
            }
        }
        catch (FlamaException failure) when (failure.Code.HttpStatus == BadRequest)
        {
            if (count == 1)
            {
                Refuse(chunk.PositionOf(first), WhatOf(failure.Message, firstRow), failure.Remedy);
                return;
            }
        }

        var half = count / 2;
        Score(first, half);
        Score(first + half, count - half);
    }

    // The message about a single row without the row's number in the batch, which is not its number in the input.
    private static string WhatOf(string message, int row)
    {
        var start = string.Create(CultureInfo.InvariantCulture, $"Row {row}");
        return message.StartsWith(start, StringComparison.Ordinal) && !char.IsAsciiDigit(message.ElementAtOrDefault(start.Length))
            ? message[start.Length..].TrimStart(' ')
            : $"is refused: {message}";
    }

    private void Refuse(long position, string what, string? remedy)
    {
        if (badRows.Add(position, what, remedy))
        {
            output.WriteNull();
        }
    }
}
