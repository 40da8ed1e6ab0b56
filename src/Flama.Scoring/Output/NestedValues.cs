using System.Buffers;
using Flama.Json;

namespace Flama.Scoring.Output;

/// <summary>Writes rows of results as JSON values or nested lists, laid out as Python's <c>json.dumps</c> does.</summary>
internal sealed class NestedValues(bool indented)
{
    private readonly ResultValues values = new(PythonText.Write, "null"u8.ToArray());

    /// <summary>Writes one row.</summary>
    /// <param name="results">The results.</param>
    /// <param name="row">The row.</param>
    /// <param name="depth">How many lists are open around it.</param>
    /// <param name="output">Takes the ASCII text.</param>
    public void WriteRow(PredictionBatch results, int row, int depth, IBufferWriter<byte> output)
    {
        var index = row * results.Width;
        if (results.RowShape.Count == 0)
        {
            values.Write(results, index, output);
            return;
        }

        Write(results, 0, ref index, depth, output);
    }

    private void Write(PredictionBatch results, int dimension, ref int index, int depth, IBufferWriter<byte> output)
    {
        if (dimension == results.RowShape.Count)
        {
            values.Write(results, index++, output);
            return;
        }

        output.Write("["u8);
        var length = results.RowShape[dimension];
        for (var i = 0; i < length; i++)
        {
            if (i > 0)
            {
                output.Write(indented ? ","u8 : ", "u8);
            }

            if (indented)
            {
                PythonLayout.NewLine(output, depth + 1);
            }

            Write(results, dimension + 1, ref index, depth + 1, output);
        }

        if (indented && length > 0)
        {
            PythonLayout.NewLine(output, depth);
        }

        output.Write("]"u8);
    }
}
