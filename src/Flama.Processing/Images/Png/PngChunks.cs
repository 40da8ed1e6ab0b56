using System.Buffers.Binary;
using System.IO.Hashing;

namespace Flama.Processing.Images.Png;

/// <summary>Walks the chunks of a PNG.</summary>
internal ref struct PngChunks(ReadOnlySpan<byte> file)
{
    private const int Overhead = 12;

    private ReadOnlySpan<byte> rest = file[8..];

    /// <summary>The four letters of the present chunk.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The content of the present chunk.</summary>
    public ReadOnlySpan<byte> Content { get; private set; }

    /// <summary>Goes to the next chunk; false where the file ends.</summary>
    /// <exception cref="FlamaException">A chunk is cut off, or its check sum differs.</exception>
    public bool Next()
    {
        if (rest.IsEmpty)
        {
            return false;
        }

        var length = rest.Length < Overhead ? throw ImageFault.Truncated("PNG") : BinaryPrimitives.ReadUInt32BigEndian(rest);
        if (length > rest.Length - Overhead)
        {
            throw ImageFault.Truncated("PNG");
        }

        var size = (int)length;
        Name = rest.Slice(4, 4);
        Content = rest.Slice(8, size);
        if (Crc32.HashToUInt32(rest.Slice(4, 4 + size)) != BinaryPrimitives.ReadUInt32BigEndian(rest[(8 + size)..]))
        {
            throw ImageFault.Corrupt("PNG", "the check sum of a chunk differs");
        }

        rest = rest[(size + Overhead)..];
        return true;
    }
}
