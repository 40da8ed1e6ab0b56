using Flama.Json;

namespace Flama.Scoring.Input;

/// <summary>Rows of newline-delimited JSON: one value per line, empty lines left out.</summary>
internal sealed class NdJsonRows(InputBuffer input, TableSpec spec) : TextRows(input)
{
    private readonly FeatureReader reader = new(spec);
    private readonly bool wraps = TakesSingleValues(spec);
    private long line;

    /// <inheritdoc/>
    public override string PositionName => "Line";

    /// <inheritdoc/>
    public override RowChunk NewChunk() => new JsonChunk(reader);

    /// <inheritdoc/>
    protected override bool TryFill(RowChunk chunk)
    {
        while (!chunk.IsFull)
        {
            var window = Input.Window;
            var end = window.IndexOf((byte)'\n');
            if (end < 0 && !Input.IsComplete)
            {
                return false;
            }

            if (end < 0 && window.IsEmpty)
            {
                return true;
            }

            var length = end < 0 ? window.Length : end;
            line++;
            Add(window[..length], (JsonChunk)chunk);
            Input.Consume(end < 0 ? length : length + 1);
        }

        return true;
    }

    private void Add(ReadOnlySpan<byte> text, JsonChunk chunk)
    {
        text = line == 1 && text.StartsWith("\uFEFF"u8) ? text[3..] : text;
        text = text.Trim(JsonScan.Spaces);
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
