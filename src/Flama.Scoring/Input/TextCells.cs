using System.Buffers;
using System.Text.Unicode;
using Flama.Json;

namespace Flama.Scoring.Input;

/// <summary>Makes strings of cells; short ones that came lately are not made again, nor decoded.</summary>
internal sealed class TextCells(TextCache cache)
{
    private const int Slots = 1024;
    private const int MaxLength = 64;
    private const int StackLength = 512;

    private readonly (byte[] Bytes, string Text)[] recent = new (byte[], string)[Slots];

    /// <summary>A cell as a string; null where it is not UTF-8.</summary>
    /// <param name="cell">The bytes.</param>
    /// <param name="hasDoubledQuotes">Whether quotation marks inside are doubled.</param>
    public string? Get(ReadOnlySpan<byte> cell, bool hasDoubledQuotes)
    {
        if (cell.Length > MaxLength || hasDoubledQuotes)
        {
            return Decode(cell, hasDoubledQuotes);
        }

        HashCode hash = default;
        hash.AddBytes(cell);
        ref var slot = ref recent[hash.ToHashCode() & (Slots - 1)];
        if (slot.Text is not null && cell.SequenceEqual(slot.Bytes))
        {
            return slot.Text;
        }

        var text = Decode(cell, hasDoubledQuotes: false);
        if (text is not null)
        {
            slot = (cell.ToArray(), text);
        }

        return text;
    }

    private string? Decode(ReadOnlySpan<byte> cell, bool hasDoubledQuotes)
    {
        var rented = cell.Length > StackLength ? ArrayPool<char>.Shared.Rent(cell.Length) : null;
        var letters = rented ?? stackalloc char[StackLength];
        try
        {
            if (Utf8.ToUtf16(cell, letters, out _, out var length, replaceInvalidSequences: false) != OperationStatus.Done)
            {
                return null;
            }

            return hasDoubledQuotes
                ? new string(letters[..length]).Replace("\"\"", "\"", StringComparison.Ordinal)
                : cache.Get(letters[..length]);
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<char>.Shared.Return(rented);
            }
        }
    }
}
