using System.Collections.Concurrent;

namespace Flama.Keras.Hdf5;

/// <summary>An HDF5 file in memory: groups, attributes, arrays. What Keras and h5py write, and nothing else of the format.</summary>
/// <remarks>
/// Superblocks 0, 2 and 3; object headers 1 and 2; groups as symbol tables, as links in the header and as links in a heap; contiguous, compact and chunked arrays with gzip, shuffle and
/// fletcher32. Bounded: an address or a size is compared with the file before anything is made of it, each block of a tree is visited once, and no more than
/// the file can hold comes out of it. Immutable and thread-safe.
/// </remarks>
internal sealed class HdfFile
{
    /// <summary>What addresses are that point nowhere.</summary>
    public const ulong Nowhere = ulong.MaxValue;

    private const int MaxLinksOfPath = 64;

    private static readonly byte[] Signature = [0x89, (byte)'H', (byte)'D', (byte)'F', 0x0D, 0x0A, 0x1A, 0x0A];

    private readonly ConcurrentDictionary<ulong, HdfObject> objects = new();
    private readonly ReadOnlyMemory<byte> bytes;
    private readonly string name;

    private HdfFile(ReadOnlyMemory<byte> bytes, string name)
    {
        this.bytes = bytes;
        this.name = name;
        Root = null!;
    }

    /// <summary>The group that all others are in.</summary>
    public HdfObject Root { get; private set; }

    /// <summary>How many bytes there are.</summary>
    public long Length => bytes.Length;

    /// <summary>Opens a file.</summary>
    /// <param name="bytes">Its content; not to be changed while it is used.</param>
    /// <param name="name">What messages call it.</param>
    /// <exception cref="FlamaException">It is not such a file, or damaged, or has what is not read here.</exception>
    public static HdfFile Open(ReadOnlyMemory<byte> bytes, string name)
    {
        var start = Find(bytes.Span);
        if (start < 0)
        {
            throw new FlamaException(ErrorCodes.InvalidModel, $"'{name}' is not an HDF5 file.", "Save the model again: model.save('model.keras').");
        }

        HdfFile file = new(bytes[(int)start..], name);
        file.Root = file.At(file.ReadSuperblock());
        return file;
    }

    /// <summary>The bytes from an address to the end of the file.</summary>
    public ReadOnlyMemory<byte> From(ulong address) => address < (ulong)bytes.Length ? bytes[(int)address..] : throw Truncated();

    /// <summary>Some bytes at an address.</summary>
    public ReadOnlyMemory<byte> Slice(ulong address, ulong length)
    {
        if (length == 0)
        {
            return default;
        }

        return address <= (ulong)bytes.Length && length <= (ulong)bytes.Length - address ? bytes.Slice((int)address, (int)length) : throw Truncated();
    }

    /// <summary>The object at an address; its links and attributes are read once.</summary>
    public HdfObject At(ulong address) => objects.GetOrAdd(address, static (place, file) => new HdfObject(file, place), this);

    /// <summary>Finds an object by its path from the root; null when there is none.</summary>
    public HdfObject? Find(string path)
    {
        var found = Root;
        var parts = path.Split('/', MaxLinksOfPath + 1, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length > MaxLinksOfPath)
        {
            return null;
        }

        foreach (var part in parts)
        {
            if (!found.Links.TryGetValue(part, out var address))
            {
                return null;
            }

            found = At(address);
        }

        return found;
    }

    /// <summary>The failure of a file that contradicts itself.</summary>
    public FlamaException Corrupt(string what) => new(ErrorCodes.Corrupt, $"'{name}' is damaged: {what}.", "Copy or download the file again.");

    /// <summary>The failure of a file that ends too early.</summary>
    public FlamaException Truncated() => new(ErrorCodes.Truncated, $"'{name}' ends too early: something in it lies beyond its {bytes.Length} bytes.", "Copy or download the file again.");

    /// <summary>The failure of a file that has more of the format than is read here.</summary>
    public FlamaException Unsupported(string what) => new(
        ErrorCodes.UnsupportedFormat, $"'{name}' has {what}, which this reader of HDF5 does not know.", "Save the model with Keras itself: model.save('model.keras').");

    // At the start, or after a block of the user's of 512 bytes, 1024, 2048, …
    private static long Find(ReadOnlySpan<byte> bytes)
    {
        for (var start = 0L; start + Signature.Length <= bytes.Length; start = start == 0 ? 512 : start * 2)
        {
            if (bytes[(int)start..].StartsWith(Signature))
            {
                return start;
            }
        }

        return -1;
    }

    private ulong ReadSuperblock()
    {
        HdfCursor cursor = new(this, bytes.Span);
        cursor.Skip(Signature.Length);
        var version = cursor.Byte();
        switch (version)
        {
            case 0 or 1:
                cursor.Skip(4);
                CheckSizes(cursor.Byte(), cursor.Byte());
                cursor.Skip(1 + 4 + 4 + (version == 1 ? 4 : 0) + (4 * sizeof(ulong)) + sizeof(ulong));
                return cursor.Long();
            case 2 or 3:
                CheckSizes(cursor.Byte(), cursor.Byte());
                cursor.Skip(1 + (3 * sizeof(ulong)));
                return cursor.Long();
            default:
                throw Unsupported($"a superblock of version {version}");
        }
    }

    private void CheckSizes(byte offsets, byte lengths)
    {
        if (offsets != sizeof(ulong) || lengths != sizeof(ulong))
        {
            throw Unsupported($"addresses of {offsets} bytes and lengths of {lengths}");
        }
    }
}
