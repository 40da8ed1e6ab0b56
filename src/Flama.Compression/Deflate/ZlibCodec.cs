using System.IO.Compression;

namespace Flama.Compression.Deflate;

/// <summary>zlib (RFC 1950), from the base library. As in Python's <c>zlib.decompress</c>, bytes after the end are not looked at.</summary>
internal sealed class ZlibCodec : Codec
{
    private static readonly byte[] EmptyContent = [0x78, 0x9C, 0x03, 0, 0, 0, 0, 1];

    public override string Name => "zlib";

    public override bool CanCompress => true;

    public override bool Matches(ReadOnlySpan<byte> prefix) =>
        prefix.Length >= 2 && (prefix[0] & 0x0F) == 8 && (prefix[0] >> 4) <= 7 && ((prefix[0] * 256) + prefix[1]) % 31 == 0;

    public override Stream OpenWrite(Stream destination) =>
        new DeflatingStream(new ZLibStream(destination, CompressionLevel.Optimal, leaveOpen: true), destination, EmptyContent);

    protected override Stream OpenDecoder(Stream compressed, DecompressionLimits limits)
    {
        var input = new EndProbe(compressed, hasMembers: false);
        return new CompleteStream(new ZLibStream(input, CompressionMode.Decompress, leaveOpen: true), input);
    }
}
