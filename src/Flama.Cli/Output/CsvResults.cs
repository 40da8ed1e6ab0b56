using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Flama.Cli.Output;

/// <summary>Results as comma-separated values: a header, then a record a row; nested lists are laid flat.</summary>
internal sealed class CsvResults(ResultStream target, ResultColumns columns) : ResultWriter(target)
{
    private static readonly SearchValues<byte> NeedsQuotes = SearchValues.Create(",\"\r\n"u8);

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

        // A line of its own for one column: a quoted nothing, because an empty line is no record.
        Output.Write(width == 1 ? "\"\""u8 : Encoding.ASCII.GetBytes(new string(',', width - 1)));
        Output.Write("\n"u8);
    }

    /// <inheritdoc/>
    protected override void WriteList(ReadOnlySpan<byte> json)
    {
        Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = PythonLayout.MaxDepth });
        reader.Read();
        while (reader.Read() && reader.CurrentDepth > 0)
        {
            Begin(reader);
            var start = reader.CurrentDepth;
            var count = 0;
            do
            {
                if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.EndArray))
                {
                    Output.Write(count++ > 0 ? ","u8 : default);
                    WriteCell(ref reader, isOnly: width == 1);
                }
            }
            while (!(reader.CurrentDepth == start && reader.TokenType != JsonTokenType.StartArray) && reader.Read());
            Output.Write("\n"u8);
        }
    }

    /// <inheritdoc/>
    protected override void WriteEnd()
    {
        if (width == 0)
        {
            WriteHeader(columns.Width ?? 1);
        }
    }

    // The reader is a copy: it counts the values of the first row ahead.
    private void Begin(Utf8JsonReader reader)
    {
        if (width > 0)
        {
            return;
        }

        var start = reader.CurrentDepth;
        var count = 0;
        do
        {
            count += reader.TokenType is JsonTokenType.StartArray or JsonTokenType.EndArray ? 0 : 1;
        }
        while (!(reader.CurrentDepth == start && reader.TokenType != JsonTokenType.StartArray) && reader.Read());
        WriteHeader(Math.Max(count, 1));
    }

    private void WriteHeader(int count)
    {
        width = count;
        var names = columns.Names(count);
        for (var i = 0; i < names.Count; i++)
        {
            Output.Write(i > 0 ? ","u8 : default);
            WriteText(Encoding.UTF8.GetBytes(names[i]));
        }

        Output.Write("\n"u8);
        for (; waitingNulls > 0; waitingNulls--)
        {
            WriteNull();
        }
    }

    private void WriteCell(ref Utf8JsonReader reader, bool isOnly)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                Output.Write(isOnly ? "\"\""u8 : default);
                break;
            case JsonTokenType.String:
                WriteText(Encoding.UTF8.GetBytes(PythonText.Decode(reader.ValueSpan)));
                break;
            default:
                Output.Write(reader.ValueSpan);
                break;
        }
    }

    private void WriteText(ReadOnlySpan<byte> text)
    {
        if (!text.IsEmpty && text.IndexOfAny(NeedsQuotes) < 0)
        {
            Output.Write(text);
            return;
        }

        Output.Write("\""u8);
        foreach (var letter in text)
        {
            Output.Write(letter == (byte)'"' ? "\"\""u8 : [letter]);
        }

        Output.Write("\""u8);
    }
}
