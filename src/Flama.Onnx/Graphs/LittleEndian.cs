using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Flama.Onnx.Graphs;

/// <summary>Numbers as files have them: little-endian, on any machine.</summary>
internal static class LittleEndian
{
    /// <summary>The float32 in bytes; what is left of the last one is dropped.</summary>
    public static ReadOnlySpan<float> Singles(ReadOnlySpan<byte> bytes)
    {
        bytes = bytes[..(bytes.Length / sizeof(float) * sizeof(float))];
        if (BitConverter.IsLittleEndian)
        {
            return MemoryMarshal.Cast<byte, float>(bytes);
        }

        var values = new float[bytes.Length / sizeof(float)];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes[(i * sizeof(float))..]);
        }

        return values;
    }

    /// <summary>Writes the low bytes of numbers.</summary>
    /// <param name="values">The numbers.</param>
    /// <param name="size">Bytes a number: 1, 2, 4 or 8.</param>
    public static byte[] Bytes(IReadOnlyList<long> values, int size)
    {
        var bytes = new byte[checked(values.Count * size)];
        Span<byte> whole = stackalloc byte[sizeof(long)];
        for (var i = 0; i < values.Count; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(whole, values[i]);
            whole[..size].CopyTo(bytes.AsSpan(i * size));
        }

        return bytes;
    }
}
