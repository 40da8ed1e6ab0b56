using System.Runtime.InteropServices;
using Flama.Json;

namespace Flama;

/// <summary>Elements of one type as those of another, without loss of value but for rounding to floats.</summary>
internal static class TensorCast
{
    /// <summary>Makes a tensor of the same values; null where one of them is none of the type.</summary>
    /// <param name="tensor">Numbers or booleans; stays the caller's.</param>
    /// <param name="type">A type of numbers or booleans.</param>
    public static ModelTensor? To(ModelTensor tensor, ElementType type)
    {
        var made = ModelTensor.Rent(type, [.. tensor.Shape]);
        if (TryWrite(tensor.Bytes, tensor.Type, type, made.WritableBytes))
        {
            return made;
        }

        made.Dispose();
        return null;
    }

    /// <summary>Writes elements as those of another type; false where one of them is none of it.</summary>
    /// <param name="source">The elements.</param>
    /// <param name="from">Their type.</param>
    /// <param name="to">The other type.</param>
    /// <param name="target">As many bytes as the elements have then.</param>
    public static bool TryWrite(ReadOnlySpan<byte> source, ElementType from, ElementType to, Span<byte> target)
    {
        var (size, width) = (ElementTypes.SizeOf(from), ElementTypes.SizeOf(to));
        for (var (at, place) = (0, 0); at < source.Length; at += size, place += width)
        {
            if (!TensorElement.TryWrite(to, NumberAt(source[at..], from), target.Slice(place, width)))
            {
                return false;
            }
        }

        return true;
    }

    private static double NumberAt(ReadOnlySpan<byte> source, ElementType type) => type switch
    {
        ElementType.Float64 => MemoryMarshal.Read<double>(source),
        ElementType.Float32 => MemoryMarshal.Read<float>(source),
        ElementType.Float16 => (double)MemoryMarshal.Read<Half>(source),
        ElementType.BFloat16 => BitConverter.UInt32BitsToSingle((uint)MemoryMarshal.Read<ushort>(source) << 16),
        ElementType.Int8 => (sbyte)source[0],
        ElementType.Int16 => MemoryMarshal.Read<short>(source),
        ElementType.Int32 => MemoryMarshal.Read<int>(source),
        ElementType.Int64 => MemoryMarshal.Read<long>(source),
        ElementType.UInt16 => MemoryMarshal.Read<ushort>(source),
        ElementType.UInt32 => MemoryMarshal.Read<uint>(source),
        ElementType.UInt64 => MemoryMarshal.Read<ulong>(source),
        _ => source[0],
    };
}
