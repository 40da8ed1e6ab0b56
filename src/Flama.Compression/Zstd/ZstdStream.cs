using Flama.Compression.Streaming;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace Flama.Compression.Zstd;

/// <summary>Decodes zstd frames one after the other, through ZstdSharp.</summary>
internal sealed class ZstdStream : ForwardReadStream
{
    private readonly CompressedInput input;
    private readonly ZstdFrames frames;
    private readonly DecompressionStream decoder;

    public ZstdStream(CompressedInput input, DecompressionLimits limits)
    {
        this.input = input;
        frames = new ZstdFrames(input, limits);
        decoder = new DecompressionStream(frames);
        decoder.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, ZstdFrames.LargestWindowLog);
    }

    public override int Read(Span<byte> buffer)
    {
        try
        {
            var read = decoder.Read(buffer);
            frames.Produced += (uint)read;
            return read;
        }
        catch (ZstdException exception)
        {
            var what = exception.Code == ZSTD_ErrorCode.ZSTD_error_checksum_wrong
                ? "the checksum of a frame does not match its content"
                : "the blocks of a frame do not decode to its content";
            throw input.Corrupt(what, exception);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            decoder.Dispose();
        }

        base.Dispose(disposing);
    }
}
