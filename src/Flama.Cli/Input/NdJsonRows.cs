namespace Flama.Cli.Input;

/// <summary>Rows of newline-delimited JSON: one value a line, empty lines left out.</summary>
internal sealed class NdJsonRows(InputBuffer input, TableSpec signature) : RowSource(input)
{
    private readonly bool wraps = TakesSingleValues(signature);
    private long line;

    /// <inheritdoc/>
    public override string PlaceName => "Line";

    /// <inheritdoc/>
    public override void Read(RowChunk chunk)
    {
        while (!chunk.IsFull)
        {
            var window = Input.Window;
            var end = window.IndexOf((byte)'\n');
            if (end < 0 && Input.Fill())
            {
                continue;
            }

            if (end < 0 && Input.Window.IsEmpty)
            {
                return;
            }

            window = Input.Window;
            var length = end < 0 ? window.Length : end;
            line++;
            Add(window[..length].Trim(JsonScan.Spaces), chunk);
            Input.Consume(end < 0 ? length : length + 1);
        }
    }

    private void Add(ReadOnlySpan<byte> text, RowChunk chunk)
    {
        if (text.IsEmpty)
        {
            return;
        }

        if (JsonScan.IsOneValue(text))
        {
            chunk.Add(text, line, wraps && IsSingle(text));
        }
        else
        {
            chunk.AddFault(line, "is not one JSON value.");
        }
    }
}
