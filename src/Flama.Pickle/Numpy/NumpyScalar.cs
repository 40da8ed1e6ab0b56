using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Flama.Pickle.Numpy;

/// <summary>Reads one element of a numpy type as a plain value.</summary>
internal static class NumpyScalar
{
    /// <summary>Reads an element.</summary>
    /// <param name="type">Its type; not an object.</param>
    /// <param name="bytes">Exactly its bytes.</param>
    public static object Read(DType type, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length != type.ItemSize)
        {
            throw new PickleException(
                PickleErrorCode.Corrupt, $"A numpy scalar of type {type.Code} needs {type.ItemSize} bytes and has {bytes.Length}.");
        }

        return type.Kind switch
        {
            DTypeKind.Boolean => BoxedValues.Of(bytes[0] != 0),
            DTypeKind.Integer or DTypeKind.DateTime or DTypeKind.TimeDelta => BoxedValues.Of(Signed(bytes, type.IsBigEndian)),
            DTypeKind.Unsigned => OfUnsigned(Unsigned(bytes, type.IsBigEndian)),
            DTypeKind.Float => Float(bytes, type.IsBigEndian),
            DTypeKind.Complex => Pair(bytes, type.IsBigEndian),
            DTypeKind.Text => Text(bytes, type.IsBigEndian),
            DTypeKind.Bytes => bytes.TrimEnd((byte)0).ToArray(),
            DTypeKind.Record when type.Fields.Count > 0 => new NdArray(type, [], bytes.ToArray()),
            DTypeKind.Record => bytes.ToArray(),
            _ => throw new PickleException(PickleErrorCode.Corrupt, $"A numpy scalar of type {type.Code} holds no bytes to read."),
        };
    }

    private static object OfUnsigned(ulong value) => value <= long.MaxValue ? BoxedValues.Of((long)value) : new BigInteger(value);

    private static ulong Unsigned(ReadOnlySpan<byte> bytes, bool isBigEndian) => (bytes.Length, isBigEndian) switch
    {
        (1, _) => bytes[0],
        (2, false) => BinaryPrimitives.ReadUInt16LittleEndian(bytes),
        (2, true) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
        (4, false) => BinaryPrimitives.ReadUInt32LittleEndian(bytes),
        (4, true) => BinaryPrimitives.ReadUInt32BigEndian(bytes),
        (_, false) => BinaryPrimitives.ReadUInt64LittleEndian(bytes),
        (_, true) => BinaryPrimitives.ReadUInt64BigEndian(bytes),
    };

    private static long Signed(ReadOnlySpan<byte> bytes, bool isBigEndian)
    {
        var value = (long)Unsigned(bytes, isBigEndian);
        var unused = 64 - (8 * bytes.Length);
        return value << unused >> unused;
    }

    private static double Float(ReadOnlySpan<byte> bytes, bool isBigEndian) => (bytes.Length, isBigEndian) switch
    {
        (2, false) => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        (2, true) => (double)BinaryPrimitives.ReadHalfBigEndian(bytes),
        (4, false) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        (4, true) => BinaryPrimitives.ReadSingleBigEndian(bytes),
        (_, false) => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        (_, true) => BinaryPrimitives.ReadDoubleBigEndian(bytes),
    };

    private static Complex Pair(ReadOnlySpan<byte> bytes, bool isBigEndian)
    {
        var half = bytes.Length / 2;
        return new Complex(Float(bytes[..half], isBigEndian), Float(bytes[half..], isBigEndian));
    }

    private static string Text(ReadOnlySpan<byte> bytes, bool isBigEndian)
    {
        var codePoints = MemoryMarshal.Cast<byte, int>(bytes);
        if (isBigEndian)
        {
            var swapped = new int[codePoints.Length];
            BinaryPrimitives.ReverseEndianness(codePoints, swapped);
            codePoints = swapped;
        }

        return NdArray.DecodeText(codePoints);
    }
}
