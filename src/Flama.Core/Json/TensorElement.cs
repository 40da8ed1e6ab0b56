using System.Buffers.Text;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Flama.Json;

/// <summary>One element of a tensor from one JSON token.</summary>
internal static class TensorElement
{
    /// <summary>Writes the element; false when the token is not a value of the type.</summary>
    /// <param name="type">The element type; neither text nor mixed.</param>
    /// <param name="token">What the token is.</param>
    /// <param name="text">The token.</param>
    /// <param name="written">What was written in place of the token: a number, or one of Python's bare words.</param>
    /// <param name="target">As many bytes as an element has.</param>
    public static bool TryWrite(ElementType type, JsonTokenType token, ReadOnlySpan<byte> text, ReadOnlySpan<byte> written, Span<byte> target)
    {
        if (token is JsonTokenType.True or JsonTokenType.False)
        {
            return WriteNumber(type, token == JsonTokenType.True ? 1 : 0, target);
        }

        if (token != JsonTokenType.Number)
        {
            return false;
        }

        if (!written.SequenceEqual(text))
        {
            return ElementTypes.IsFloat(type) && WriteNumber(type, written[0] switch
            {
                (byte)'N' => double.NaN,
                (byte)'I' => double.PositiveInfinity,
                _ => double.NegativeInfinity,
            }, target);
        }

        switch (type)
        {
            case ElementType.Int64 when Utf8Parser.TryParse(text, out long exact, out var used) && used == text.Length:
                MemoryMarshal.Write(target, exact);
                return true;
            case ElementType.UInt64 when Utf8Parser.TryParse(text, out ulong exact, out var used) && used == text.Length:
                MemoryMarshal.Write(target, exact);
                return true;
            default:
                var value = JsonNumber.Parse(text);
                return double.IsFinite(value) && WriteNumber(type, value, target);
        }
    }

    /// <summary>Writes a number; false when the type has no such value.</summary>
    public static bool TryWrite(ElementType type, double value, Span<byte> target) => WriteNumber(type, value, target);

    private static bool WriteNumber(ElementType type, double value, Span<byte> target)
    {
        switch (type)
        {
            case ElementType.Float64:
                MemoryMarshal.Write(target, value);
                return true;
            case ElementType.Float32:
                MemoryMarshal.Write(target, (float)value);
                return double.IsInfinity(value) || !float.IsInfinity((float)value);
            case ElementType.Float16:
                MemoryMarshal.Write(target, (Half)value);
                return double.IsInfinity(value) || !Half.IsInfinity((Half)value);
            case ElementType.BFloat16:
                MemoryMarshal.Write(target, ToBFloat16((float)value));
                return double.IsInfinity(value) || !float.IsInfinity((float)value);
            case ElementType.Boolean:
                target[0] = value != 0 ? (byte)1 : (byte)0;
                return value is 0 or 1;
            case ElementType.Int8:
                return Whole<sbyte>(value, target);
            case ElementType.Int16:
                return Whole<short>(value, target);
            case ElementType.Int32:
                return Whole<int>(value, target);
            case ElementType.Int64:
                return Whole<long>(value, target);
            case ElementType.UInt8:
                return Whole<byte>(value, target);
            case ElementType.UInt16:
                return Whole<ushort>(value, target);
            case ElementType.UInt32:
                return Whole<uint>(value, target);
            case ElementType.UInt64:
                return Whole<ulong>(value, target);
            default:
                return false;
        }
    }

    private static bool Whole<T>(double value, Span<byte> target)
        where T : unmanaged, IBinaryInteger<T>, IMinMaxValue<T>
    {
        // The largest int64 and uint64 are not float64s: the next one up is outside.
        var limit = double.CreateTruncating(T.MaxValue);
        var fits = value == Math.Truncate(value) && value >= double.CreateTruncating(T.MinValue) && (limit >= 9e18 ? value < limit : value <= limit);
        if (fits)
        {
            MemoryMarshal.Write(target, T.CreateTruncating(value));
        }

        return fits;
    }

    // Rounds to nearest, ties to even, as the conversion of numpy's and torch's bfloat16 does.
    private static ushort ToBFloat16(float value)
    {
        var bits = BitConverter.SingleToUInt32Bits(value);
        return float.IsNaN(value) ? (ushort)((bits >> 16) | 0x40) : (ushort)((bits + 0x7FFF + ((bits >> 16) & 1)) >> 16);
    }
}
