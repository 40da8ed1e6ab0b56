using System.Buffers.Binary;
using Flama.Compression.Streaming;

namespace Flama.Compression.Zstd;

/// <summary>Zstandard (RFC 8878) without dictionaries, any number of frames.</summary>
internal sealed class ZstdCodec : Codec
{
    public override string Name => "zstd";

    /// <summary>A file may start with a skippable frame too; lz4 shares those, and does not claim them.</summary>
    public override bool Matches(ReadOnlySpan<byte> prefix) => prefix.Length >= 4
        && BinaryPrimitives.ReadUInt32LittleEndian(prefix) is var magic
        && (magic == ZstdFrameHeader.Magic || SkippableFrame.IsMagic(magic));

    protected override Stream OpenDecoder(Stream compressed, DecompressionLimits limits) =>
        new ZstdStream(new CompressedInput(compressed, Name), limits);
}
