using System.IO.Compression;

namespace Flama.Compression.Deflate;

/// <summary>gzip (RFC 1952), any number of members, from the base library. Bytes after the last member are not looked at.</summary>
internal sealed class GzipCodec : Codec
{
    private static readonly byte[] EmptyContent = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 2, 0xFF, 0x03, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    public override string Name => "gzip";

    public override bool CanCompress => true;

    public override bool Matches(ReadOnlySpan<byte> prefix) => prefix.Length >= 2 && prefix[0] == 0x1F && prefix[1] == 0x8B;

    public override Stream OpenWrite(Stream destination) =>
        new DeflatingStream(new GZipStream(destination, CompressionLevel.SmallestSize, leaveOpen: true), destination, EmptyContent);

    protected override Stream OpenDecoder(Stream compressed, DecompressionLimits limits)
    {
        var input = new EndProbe(compressed, hasMembers: true);
        return new CompleteStream(new GZipStream(input, CompressionMode.Decompress, leaveOpen: true), input);
    }
}
