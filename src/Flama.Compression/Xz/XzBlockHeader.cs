using System.Buffers.Binary;
using System.IO.Hashing;
using Flama.Compression.Streaming;

namespace Flama.Compression.Xz;

/// <summary>The header of a block: its filters and, where the writer knew them, its sizes.</summary>
/// <param name="Size">Its own size in bytes.</param>
/// <param name="DictionarySize">How far back matches may reach.</param>
/// <param name="CompressedSize">Size of the compressed data; null when unknown.</param>
/// <param name="UncompressedSize">Size of the decompressed data; null when unknown.</param>
internal sealed record XzBlockHeader(int Size, long DictionarySize, long? CompressedSize, long? UncompressedSize)
{
    private const int Lzma2 = 0x21;
    private const int LargestDictionaryCode = 40;

    /// <summary>Reads the header of which the first byte, its size, was read.</summary>
    public static XzBlockHeader Read(CompressedInput input, byte sizeByte)
    {
        Span<byte> space = stackalloc byte[1024];
        var header = space[..((sizeByte + 1) * 4)];
        header[0] = sizeByte;
        input.ReadExactly(header[1..]);
        if (Crc32.HashToUInt32(header[..^4]) != BinaryPrimitives.ReadUInt32LittleEndian(header[^4..]))
        {
            throw input.Corrupt("the checksum of a block header does not match");
        }

        var flags = header[1];
        ReadOnlySpan<byte> rest = header[2..^4];
        if ((flags & 0x3C) != 0)
        {
            throw input.Unsupported($"the block flags 0x{flags:X2} are of a later version of the format");
        }

        var compressedSize = ReadSize(input, ref rest, (flags & 0x40) != 0);
        var uncompressedSize = ReadSize(input, ref rest, (flags & 0x80) != 0);
        var dictionarySize = ReadFilters(input, ref rest, (flags & 3) + 1);
        if (rest.ContainsAnyExcept((byte)0))
        {
            throw input.Corrupt("the padding of a block header is not zero");
        }

        return new XzBlockHeader(header.Length, dictionarySize, compressedSize, uncompressedSize);
    }

    private static long? ReadSize(CompressedInput input, ref ReadOnlySpan<byte> rest, bool present)
    {
        if (!present)
        {
            return null;
        }

        return XzNumber.TryRead(ref rest, out var size) ? size : throw input.Corrupt("a size in a block header is malformed");
    }

    private static long ReadFilters(CompressedInput input, ref ReadOnlySpan<byte> rest, int count)
    {
        if (!XzNumber.TryRead(ref rest, out var id) || !XzNumber.TryRead(ref rest, out var size) || size > rest.Length)
        {
            throw input.Corrupt("the filters in a block header are malformed");
        }

        if (id != Lzma2)
        {
            throw input.Unsupported($"it uses the {NameOf(id)} filter, only LZMA2 alone is supported");
        }

        if (count != 1 || size != 1 || rest[0] > LargestDictionaryCode)
        {
            throw input.Corrupt("the LZMA2 filter in a block header is malformed");
        }

        var code = rest[0];
        rest = rest[1..];
        return code == LargestDictionaryCode ? uint.MaxValue : (2L | (uint)(code & 1)) << ((code / 2) + 11);
    }

    private static string NameOf(long id) => id switch
    {
        3 => "delta",
        4 => "x86 (BCJ)",
        5 => "PowerPC (BCJ)",
        6 => "IA-64 (BCJ)",
        7 => "ARM (BCJ)",
        8 => "ARM Thumb (BCJ)",
        9 => "SPARC (BCJ)",
        10 => "ARM64 (BCJ)",
        11 => "RISC-V (BCJ)",
        _ => $"0x{id:X}",
    };
}
