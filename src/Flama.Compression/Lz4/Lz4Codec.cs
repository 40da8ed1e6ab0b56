using System.Buffers.Binary;
using Flama.Compression.Streaming;

namespace Flama.Compression.Lz4;

/// <summary>The lz4 frame format, any number of frames, without dictionaries and legacy frames.</summary>
internal sealed class Lz4Codec : Codec
{
    public override string Name => "lz4";

    /// <summary>Claims legacy frames too, to refuse them by name.</summary>
    public override bool Matches(ReadOnlySpan<byte> prefix) => prefix.Length >= 4
        && BinaryPrimitives.ReadUInt32LittleEndian(prefix) is Lz4FrameHeader.Magic or Lz4FrameHeader.LegacyMagic;

    protected override Stream OpenDecoder(Stream compressed, DecompressionLimits limits) => new Lz4Stream(new CompressedInput(compressed, Name));
}
