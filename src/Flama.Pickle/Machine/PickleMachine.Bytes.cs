using System.Buffers.Binary;

namespace Flama.Pickle.Machine;

/// <content>Reading numbers, lines and runs of bytes from the stream.</content>
internal ref partial struct PickleMachine
{
    private byte ReadByte() => position < data.Length ? data[position++] : throw Truncated(1);

    private ushort ReadUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    private int ReadInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    private uint ReadUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    private ulong ReadUInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    private double ReadBigEndianDouble() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > Remaining)
        {
            throw Truncated(length);
        }

        var bytes = data.Slice(position, length);
        position += length;
        return bytes;
    }

    private readonly int CheckLength(long length)
    {
        if (length < 0)
        {
            throw Corrupt($"a length is {length}");
        }

        return length <= Remaining ? (int)length : throw Truncated(length);
    }

    private readonly int CheckLength(ulong length) => length <= (ulong)Remaining
        ? (int)length
        : throw Truncated((long)Math.Min(length, long.MaxValue));

    /// <summary>The bytes up to the next line feed, which is passed over.</summary>
    private ReadOnlySpan<byte> ReadLine()
    {
        var length = data[position..].IndexOf((byte)'\n');
        if (length < 0)
        {
            throw new PickleException(
                PickleErrorCode.Truncated, $"The pickle ends too early: the line at byte {position} has no end.", position);
        }

        var line = data.Slice(position, length);
        position += length + 1;
        return line;
    }

    private long ReadIndexLine()
    {
        var line = ReadLine();
        return TextNumbers.TryInteger(line, out var index) && index >= 0
            ? index
            : throw Corrupt($"'{TextNumbers.Show(line)}' is not a memo number");
    }
}
