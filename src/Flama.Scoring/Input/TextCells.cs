using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text.Unicode;
using Flama.Json;

namespace Flama.Scoring.Input;

/// <summary>Makes strings of cells; short ones that came lately are not made again, nor decoded.</summary>
internal sealed class TextCells(TextCache cache)
{
    private const int SlotBits = 10;
    private const int Slots = 1 << SlotBits;
    private const int MaxLength = 64;
    private const int StackLength = 512;

    private readonly (byte[] Bytes, string Text)[] recent = new (byte[], string)[Slots];

    /// <summary>A cell as a string; null where it is not UTF-8.</summary>
    /// <param name="cell">The bytes.</param>
    /// <param name="hasDoubledQuotes">Whether quotation marks inside are doubled.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public string? Get(ReadOnlySpan<byte> cell, bool hasDoubledQuotes)
    {
        if (cell.Length > MaxLength || hasDoubledQuotes)
        {
            return Decode(cell, hasDoubledQuotes);
        }

        ref var slot = ref recent[SlotOf(cell)];
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

    // Of the length and the bytes at both ends: categories mostly differ there, and a shared slot costs no more than decoding.
    private static int SlotOf(ReadOnlySpan<byte> cell)
    {
        ulong ends = 0;
        if (cell.Length >= sizeof(ulong))
        {
            ends = BinaryPrimitives.ReadUInt64LittleEndian(cell) ^ BitOperations.RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(cell[^sizeof(ulong)..]), 29);
        }
        else
        {
            foreach (var letter in cell)
            {
                ends = (ends << 8) | letter;
            }
        }

        return (int)(((ends + (ulong)cell.Length) * 0x9E3779B97F4A7C15) >> (64 - SlotBits));
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
