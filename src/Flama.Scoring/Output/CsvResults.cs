using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text;

namespace Flama.Scoring.Output;

/// <summary>Results as comma-separated values: a header, then a record per row; nested lists are laid flat.</summary>
internal sealed class CsvResults(ResultColumns columns) : ResultWriter
{
    private static readonly SearchValues<char> NeedsQuotes = SearchValues.Create(",\"\r\n");

    private readonly ResultValues values = new(WriteText, []);
    private readonly ResultValues onlyValue = new(WriteText, "\"\""u8.ToArray());

    // 0 until it is known: what has no result waits for that.
    private int width = columns.Width is { } known ? Math.Max(known, 1) : 0;
    private int waitingNulls;

    /// <inheritdoc/>
    public override void WriteNull()
    {
        if (width == 0)
        {
            waitingNulls++;
        }
        else
        {
            WriteNull(Output);
        }
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Opening()
    {
        ArrayBufferWriter<byte> header = new();
        WriteHeader(header);
        return header.WrittenMemory;
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Closing(bool isBegun)
    {
        if (isBegun)
        {
            return default;
        }

        width = Math.Max(width, 1);
        ArrayBufferWriter<byte> rest = new();
        WriteHeader(rest);
        WriteWaiting(rest);
        return rest.WrittenMemory;
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void WriteRows(PredictionBatch results)
    {
        width = width == 0 ? Math.Max(results.Width, 1) : width;
        WriteWaiting(Output);
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

    // A line of its own for one column: a quoted nothing, because an empty line is not a record.
    private void WriteNull(IBufferWriter<byte> output)
    {
        output.Write(width == 1 ? "\"\""u8 : Encoding.ASCII.GetBytes(new string(',', width - 1)));
        output.Write("\n"u8);
    }

    private void WriteWaiting(IBufferWriter<byte> output)
    {
        for (; waitingNulls > 0; waitingNulls--)
        {
            WriteNull(output);
        }
    }

    private void WriteHeader(IBufferWriter<byte> output)
    {
        var names = columns.Names(width);
        for (var i = 0; i < names.Count; i++)
        {
            output.Write(i > 0 ? ","u8 : default);
            WriteText(names[i], output);
        }

        output.Write("\n"u8);
    }
}
