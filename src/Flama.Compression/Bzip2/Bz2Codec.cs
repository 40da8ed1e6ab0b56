using Flama.Compression.Streaming;
using ICSharpCode.SharpZipLib.BZip2;

namespace Flama.Compression.Bzip2;

/// <summary>bzip2, through SharpZipLib, any number of streams.</summary>
internal sealed class Bz2Codec : Codec
{
    private const int Level = 9;

    public override string Name => "bz2";

    public override bool CanCompress => true;

    public override bool Matches(ReadOnlySpan<byte> prefix) => prefix is [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9', ..];

    public override Stream OpenWrite(Stream destination) => new BZip2OutputStream(destination, Level) { IsStreamOwner = false };

    protected override Stream OpenDecoder(Stream compressed, DecompressionLimits limits) =>
        new Bz2Stream(new CompressedInput(compressed, Name));
}
