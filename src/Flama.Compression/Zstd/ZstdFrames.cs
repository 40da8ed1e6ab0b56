using System.Buffers.Binary;
using Flama.Compression.Streaming;

namespace Flama.Compression.Zstd;

/// <summary>
/// Passes zstd frames on to the library after checking what it does not: the window against our limit, dictionaries, the sizes of
/// blocks, that each frame is whole and gives as many bytes as it declares. Frames of user data are skipped.
/// </summary>
/// <remarks>
/// The library allocates a window as soon as it sees a header, so a header goes on only when its window is allowed. It reads on
/// only when it has given out all that it decoded: where a frame ends here, its last byte is out.
/// </remarks>
internal sealed class ZstdFrames(CompressedInput input, DecompressionLimits limits) : ForwardReadStream
{
    /// <summary>The base 2 logarithm of the largest window there can be, whatever the limits allow.</summary>
    public const int LargestWindowLog = 30;

    private const int BlockHeaderSize = 3;
    private const int ChecksumSize = 4;
    private const int RepeatedBlock = 1;
    private const int CompressedBlock = 2;
    private const int ReservedBlock = 3;
    private const int SmallestCompressedBlock = 2;

    private ZstdFrameHeader? frame;
    private bool sawFrame;
    private bool lastBlock;
    private bool sentChecksum;
    private ulong frameStart;

    /// <summary>How many bytes of the present piece (header, block or checksum) are still to be passed on.</summary>
    private int remaining;

    /// <summary>How many bytes the library has given out.</summary>
    public ulong Produced { get; set; }

    public override int Read(Span<byte> buffer)
    {
        while (remaining == 0)
        {
            if (!BeginPiece())
            {
                return 0;
            }
        }

        var piece = input.Peek(1);
        if (piece.IsEmpty)
        {
            throw input.Truncated();
        }

        var count = Math.Min(Math.Min(piece.Length, remaining), buffer.Length);
        piece[..count].CopyTo(buffer);
        input.Advance(count);
        remaining -= count;
        return count;
    }

    private bool BeginPiece()
    {
        if (frame is null)
        {
            return BeginFrame();
        }

        if (!lastBlock)
        {
            BeginBlock(frame);
            return true;
        }

        if (frame.HasChecksum && !sentChecksum)
        {
            sentChecksum = true;
            remaining = ChecksumSize;
            return true;
        }

        EndFrame(frame);
        return true;
    }

    private bool BeginFrame()
    {
        if (sawFrame && input.AtEnd)
        {
            return false;
        }

        sawFrame = true;
        var magic = BinaryPrimitives.ReadUInt32LittleEndian(input.PeekExactly(sizeof(uint)));
        if (SkippableFrame.IsMagic(magic))
        {
            input.Advance(sizeof(uint));
            SkippableFrame.Skip(input);
            return true;
        }

        frame = ZstdFrameHeader.Peek(input, magic, Math.Min(limits.MaxWindowBytes, 1L << LargestWindowLog));
        remaining = frame.Size;
        lastBlock = sentChecksum = false;
        frameStart = Produced;
        return true;
    }

    private void BeginBlock(ZstdFrameHeader header)
    {
        var start = input.PeekExactly(BlockHeaderSize);
        var blockHeader = start[0] | (start[1] << 8) | (start[2] << 16);
        var type = (blockHeader >> 1) & 3;
        var size = blockHeader >> 3;
        if (size > header.BlockSize)
        {
            throw input.Corrupt($"a block of {size} bytes is larger than {header.BlockSize} bytes, the largest of this frame");
        }

        if (type == ReservedBlock)
        {
            throw input.Corrupt("a block is of the reserved type");
        }

        if (type == CompressedBlock && size < SmallestCompressedBlock)
        {
            throw input.Corrupt($"a compressed block of {size} bytes is too short");
        }

        lastBlock = (blockHeader & 1) != 0;
        remaining = BlockHeaderSize + (type == RepeatedBlock ? 1 : size);
    }

    private void EndFrame(ZstdFrameHeader header)
    {
        var produced = Produced - frameStart;
        if (produced != (header.ContentSize ?? produced))
        {
            throw input.Corrupt($"{produced} bytes came out, the frame header tells {header.ContentSize}");
        }

        frame = null;
    }
}
