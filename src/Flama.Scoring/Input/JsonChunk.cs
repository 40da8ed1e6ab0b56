using Flama.Json;

namespace Flama.Scoring.Input;

/// <summary>Rows in JSON: their texts one after the other, read together.</summary>
internal sealed class JsonChunk(FeatureReader reader) : RowChunk
{
    private const int MaxLength = 2 << 20;

    // Every row has a byte before it and one after it, where brackets or commas go.
    private readonly List<(int Start, int End)> rows = [];
    private byte[] text = new byte[64 * 1024];
    private int used;

    /// <inheritdoc/>
    public override bool IsFull => Count >= MaxRows || used >= MaxLength;

    /// <inheritdoc/>
    public override void Clear()
    {
        base.Clear();
        rows.Clear();
        used = 0;
    }

    /// <summary>Adds a row.</summary>
    /// <param name="json">One JSON value.</param>
    /// <param name="position">Its line or number.</param>
    /// <param name="isWrapped">Whether the value becomes a list of one.</param>
    public void Add(ReadOnlySpan<byte> json, long position, bool isWrapped)
    {
        Append(","u8);
        var start = used;
        Append(isWrapped ? "["u8 : default);
        Append(json);
        Append(isWrapped ? "]"u8 : default);
        while (rows.Count < Count)
        {
            rows.Add(default);
        }

        rows.Add((start, used));
        Add(position);
    }

    /// <inheritdoc/>
    public override FeatureBatch Rows(int first, int count)
    {
        var start = rows[first].Start - 1;
        var end = rows[first + count - 1].End;
        Reserve(1);
        text[start] = (byte)'[';
        text[end] = (byte)']';
        for (var i = first; i < first + count - 1; i++)
        {
            text[rows[i].End] = (byte)',';
        }

        return reader.ReadRows(text.AsSpan(start, end + 1 - start));
    }

    private void Append(ReadOnlySpan<byte> piece)
    {
        Reserve(piece.Length);
        piece.CopyTo(text.AsSpan(used));
        used += piece.Length;
    }

    // One byte more, for the bracket at the end.
    private void Reserve(int length)
    {
        if (text.Length - used <= length)
        {
            Array.Resize(ref text, (int)Math.Min(Math.Max(2L * text.Length, text.Length + (long)length + 1), Array.MaxLength));
        }
    }
}
