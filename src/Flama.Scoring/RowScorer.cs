using System.Globalization;
using Flama.Scoring.Input;
using Flama.Scoring.Output;

namespace Flama.Scoring;

/// <summary>Runs a model's method over the rows of a chunk, results in the order of the rows.</summary>
internal sealed class RowScorer(ModelMethod method, ResultWriter output, BadRows badRows, InvokeOptions invoke)
{
    private const int BadRequest = 400;

    /// <summary>Runs over one chunk.</summary>
    /// <exception cref="FlamaException">A row is bad and bad rows end the run, or the model fails.</exception>
    public void Score(RowChunk chunk)
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
            Score(chunk, first, end - first);
            first = end;
        }
    }

    // Rows that fail together are tried in halves, down to the rows that fail alone; a chunk's size bounds the depth.
    private void Score(RowChunk chunk, int first, int count)
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
        Score(chunk, first, half);
        Score(chunk, first + half, count - half);
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
