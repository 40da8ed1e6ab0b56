using System.Buffers.Binary;

namespace Flama.Keras.Tests.Made;

/// <summary>A file of HDF5 that a test writes piece by piece, sound or not.</summary>
internal sealed class MadeHdf
{
    public const int Dataspace = 0x01;
    public const int Datatype = 0x03;
    public const int Link = 0x06;
    public const int Layout = 0x08;
    public const int Attribute = 0x0C;
    public const int Continuation = 0x10;
    public const int SymbolTable = 0x11;

    private const int SuperblockLength = 48;

    private readonly List<byte> bytes = [.. new byte[SuperblockLength]];

    /// <summary>float32, little-endian.</summary>
    public static byte[] Float32 => [0x11, 0x20, 31, 0, .. Int(4), 0, 0, 32, 0, 23, 8, 0, 23, .. Int(127)];

    /// <summary>Text in the global heap.</summary>
    public static byte[] Text => [0x19, 1, 0, 0, .. Int(16), .. Float32];

    public static byte[] Short(int value) => BitConverter.GetBytes((ushort)value);

    public static byte[] Int(long value) => BitConverter.GetBytes((uint)value);

    public static byte[] Long(long value) => BitConverter.GetBytes(value);

    public static byte[] Space(params long[] shape) => [1, (byte)shape.Length, 0, 0, 0, 0, 0, 0, .. shape.SelectMany(Long)];

    /// <summary>Where the next piece begins.</summary>
    public long End => bytes.Count;

    /// <summary>Adds bytes.</summary>
    public long Add(params IEnumerable<byte> piece)
    {
        var address = End;
        bytes.AddRange(piece);
        return address;
    }

    /// <summary>Adds the header of an object.</summary>
    public long AddObject(params (int Type, byte[] Body)[] messages)
    {
        byte[] block = [.. messages.SelectMany(message => Message(message.Type, message.Body))];
        return Add([1, 0, .. Short(messages.Length), .. Int(1), .. Int(block.Length), .. Int(0), .. block]);
    }

    public static byte[] Message(int type, byte[] body)
    {
        var padded = (body.Length + 7) & ~7;
        return [.. Short(type), .. Short(padded), 0, 0, 0, 0, .. body, .. new byte[padded - body.Length]];
    }

    /// <summary>Adds a node of a tree of the first version.</summary>
    public long AddNode(byte kind, byte level, int count, params IEnumerable<byte> entries) => Add([.. "TREE"u8, kind, level, .. Short(count), .. Long(-1), .. Long(-1), .. entries]);

    /// <summary>Adds an array of float32 in chunks; each has its origin and its elements.</summary>
    public long AddChunks(long[] shape, int[] chunk, params (long[] Origin, float[] Elements)[] chunks)
    {
        List<byte> entries = [];
        foreach (var (origin, elements) in chunks)
        {
            var address = Add(elements.SelectMany(BitConverter.GetBytes));
            entries.AddRange([.. Int(4 * elements.Length), .. Int(0), .. origin.SelectMany(Long), .. Long(0), .. Long(address)]);
        }

        var tree = AddNode(1, 0, chunks.Length, entries);
        return AddObject((Dataspace, Space(shape)), (Datatype, Float32), (Layout, [3, 2, (byte)(shape.Length + 1), .. Long(tree), .. chunk.SelectMany(edge => Int(edge)), .. Int(4)]));
    }

    /// <summary>The file, with a group at the root that has one link, <c>x</c>.</summary>
    public byte[] ToArray(long address) => WithRoot(AddObject((Link, [1, 0, 1, (byte)'x', .. Long(address)])));

    /// <summary>The file with its root.</summary>
    public byte[] WithRoot(long root)
    {
        byte[] file = [.. bytes];
        ((byte[])[0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A, 2, 8, 8, 0]).CopyTo(file, 0);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(36), root);
        return file;
    }
}
