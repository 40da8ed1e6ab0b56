using Flama.Compression.Streaming;

namespace Flama.Compression.Xz;

/// <summary>The .xz container with LZMA2, any number of streams and blocks.</summary>
internal sealed class XzCodec : Codec
{
    public override string Name => "xz";

    public override bool Matches(ReadOnlySpan<byte> prefix) => prefix.StartsWith(XzStreamFlags.Magic);

    protected override Stream OpenDecoder(Stream compressed, DecompressionLimits limits) =>
        new XzStream(new CompressedInput(compressed, Name), limits);
}
