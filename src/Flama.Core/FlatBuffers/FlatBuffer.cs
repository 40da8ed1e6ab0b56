using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Flama.FlatBuffers;

/// <summary>One FlatBuffers buffer, every offset and count checked against it before anything is read.</summary>
/// <remarks>
/// What is read counts as often as the buffer refers to it, so that a small file whose parts share a large one cannot ask for more memory or time than a few times its
/// size. Not thread-safe.
/// </remarks>
internal sealed class FlatBuffer
{
    // A writer may share strings, and nothing else.
    private const long ReadsPerByte = 4;

    private readonly ReadOnlyMemory<byte> memory;
    private readonly Func<string, FlamaException> fail;
    private long left;

    /// <summary>Takes the bytes.</summary>
    /// <param name="memory">The bytes.</param>
    /// <param name="fail">Makes the error of a buffer that contradicts itself; what is wrong is the rest of a sentence.</param>
    public FlatBuffer(ReadOnlyMemory<byte> memory, Func<string, FlamaException> fail)
    {
        this.memory = memory;
        this.fail = fail;
        left = 64 + (ReadsPerByte * memory.Length);
    }

    /// <summary>The table that all others are reached from.</summary>
    public FlatTable Root() => new(this, Target(0));

    /// <summary>The bytes at a position.</summary>
    /// <exception cref="FlamaException">They are not all in the buffer.</exception>
    public ReadOnlySpan<byte> Bytes(long at, long count) => at >= 0 && count >= 0 && at + count <= memory.Length
        ? memory.Span.Slice((int)at, (int)count)
        : throw fail($"the part of {count} bytes at {at} lies outside of the {memory.Length} bytes that hold it");

    /// <summary>The position that the forward offset at a position leads to.</summary>
    public int Target(int at) => Position(at + (long)BinaryPrimitives.ReadUInt32LittleEndian(Bytes(at, sizeof(uint))));

    /// <summary>A position that must be in the buffer.</summary>
    public int Position(long at) => at >= 0 && at < memory.Length
        ? (int)at
        : throw fail($"an offset leads to byte {at} of {memory.Length}");

    /// <summary>The elements of a vector, a copy.</summary>
    public T[] Vector<T>(int at)
        where T : unmanaged
    {
        var bytes = VectorBytes(at, Unsafe.SizeOf<T>());
        var elements = MemoryMarshal.Cast<byte, T>(bytes).ToArray();
        if (!BitConverter.IsLittleEndian)
        {
            throw fail("this machine is not little-endian, as its numbers are");
        }

        return elements;
    }

    /// <summary>The bytes of a vector, its count taken off.</summary>
    public ReadOnlySpan<byte> VectorBytes(int at, int elementSize)
    {
        var count = BinaryPrimitives.ReadUInt32LittleEndian(Bytes(at, sizeof(uint)));
        var size = (long)count * elementSize;
        var bytes = Bytes(at + (long)sizeof(uint), size);
        Count(size);
        return bytes;
    }

    /// <summary>The tables of a vector, in order.</summary>
    public FlatTable[] Tables(int at)
    {
        var count = VectorBytes(at, sizeof(uint)).Length / sizeof(uint);
        var tables = new FlatTable[count];
        for (var i = 0; i < count; i++)
        {
            tables[i] = new(this, Target(at + ((i + 1) * sizeof(uint))));
        }

        return tables;
    }

    /// <summary>The texts of a vector, in order.</summary>
    public string[] Texts(int at)
    {
        var count = VectorBytes(at, sizeof(uint)).Length / sizeof(uint);
        var texts = new string[count];
        for (var i = 0; i < count; i++)
        {
            texts[i] = Text(Target(at + ((i + 1) * sizeof(uint))));
        }

        return texts;
    }

    /// <summary>The text at a position.</summary>
    public string Text(int at) => Encoding.UTF8.GetString(VectorBytes(at, 1));

    /// <summary>The error of a table whose layout is not one.</summary>
    public FlamaException Damaged(int at) => fail($"the table at byte {at} is damaged");

    /// <summary>Counts what is read against what the buffer may ask for.</summary>
    public void Count(long bytes)
    {
        left -= bytes;
        if (left < 0)
        {
            throw fail($"its {memory.Length} bytes refer to the same parts over and over");
        }
    }
}
