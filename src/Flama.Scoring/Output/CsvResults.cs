using System.Buffers;
using System.Text;

namespace Flama.Scoring.Output;

/// <summary>Results as comma-separated values: a header, then a record per row; nested lists are laid flat.</summary>
internal sealed class CsvResults(ResultColumns columns) : ResultWriter
{
    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create(",\"\r\n");

    private readonly ResultValues values = new(WriteText, []);
    private readonly ResultValues onlyValue = new(WriteText, "\"\""u8.ToArray());
    private int width;
    private int waitingNulls;

    /// <inheritdoc/>
    public override void WriteNull()
    {
        if (width == 0)
        {
            waitingNulls++;
            return;
        }

        // A line of its own for one column: a quoted nothing, because an empty line is not a record.
        Output.Write(width == 1 ? "\"\""u8 : Encoding.ASCII.GetBytes(new string(',', width - 1)));
        Output.Write("\n"u8);
    }

    /// <inheritdoc/>
    public override void End()
    {
        if (width == 0)
        {
            WriteHeader(columns.Width ?? 1);
        }
    }

    /// <inheritdoc/>
    protected override void WriteRows(PredictionBatch results)
    {
        if (width == 0)
        {
            WriteHeader(Math.Max(results.Width, 1));
        }

        var writer = width == 1 ? onlyValue : values;
        for (var row = 0; row < results.Rows; row++)
        {
            for (var column = 0; column < results.Width; column++)
            {
                Output.Write(column > 0 ? ","u8 : default);
                writer.Write(results, (row * results.Width) + column, Output);
            }

            Output.Write("\n"u8);
        }
    }

    private static void WriteText(string text, IBufferWriter<byte> output)
    {
        if (text.Length > 0 && text.AsSpan().IndexOfAny(NeedsQuotes) < 0)
        {
            Encoding.UTF8.GetBytes(text, output);
            return;
        }

        output.Write("\""u8);
        Encoding.UTF8.GetBytes(text.Replace("\"", "\"\"", StringComparison.Ordinal), output);
        output.Write("\""u8);
    }

    private void WriteHeader(int count)
    {
        width = count;
        var names = columns.Names(count);
        for (var i = 0; i < names.Count; i++)
        {
            Output.Write(i > 0 ? ","u8 : default);
            WriteText(names[i], Output);
        }

        Output.Write("\n"u8);
        for (; waitingNulls > 0; waitingNulls--)
        {
            WriteNull();
        }
    }
}
