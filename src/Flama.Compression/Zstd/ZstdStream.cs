using Flama.Compression.Checksums;
using Flama.Compression.Streaming;

namespace Flama.Compression.Zstd;

/// <summary>Decodes zstd frames one after the other, a block at a time.</summary>
internal sealed class ZstdStream : WindowedDecoder
{
    private readonly DecompressionLimits limits;
    private readonly CompressedBlock compressedBlock;
    private ZstdFrameHeader? frame;
    private XxHash64? checksum;
    private ulong produced;
    private bool sawFrame;

    public ZstdStream(CompressedInput input, DecompressionLimits limits)
        : base(input)
    {
        this.limits = limits;
        compressedBlock = new CompressedBlock(input, Window);
    }

    private enum BlockType
    {
        Raw,
        Repeated,
        Compressed,
        Reserved,
    }

    protected override bool DecodeNext()
    {
        if (frame is not null)
        {
            DecodeBlock(frame);
            return true;
        }

        if (sawFrame && Input.AtEnd)
        {
            return false;
        }

        var magic = Input.ReadUInt32();
        if (SkippableFrame.IsMagic(magic))
        {
            SkippableFrame.Skip(Input);
        }
        else
        {
            BeginFrame(ZstdFrameHeader.Read(Input, magic, Math.Min(limits.MaxWindowBytes, HistoryWindow.LargestSize)));
        }

        sawFrame = true;
        return true;
    }

    private void BeginFrame(ZstdFrameHeader header)
    {
        frame = header;
        checksum = header.HasChecksum ? new XxHash64() : null;
        produced = 0;
        Window.Begin(header.WindowSize);
        compressedBlock.Begin();
    }

    private void DecodeBlock(ZstdFrameHeader header)
    {
        var blockHeader = Input.ReadByte() | (Input.ReadUInt16() << 8);
        var size = blockHeader >> 3;
        if (size > header.BlockSize)
        {
            throw Input.Corrupt($"a block of {size} bytes is larger than {header.BlockSize} bytes, the largest of this frame");
        }

        var unread = Window.Unread;
        switch ((BlockType)((blockHeader >> 1) & 3))
        {
            case BlockType.Raw:
                Window.Reserve(size);
                Input.ReadExactly(Window.Buffer.AsSpan(Window.Position, size));
                Window.Position += size;
                break;
            case BlockType.Repeated:
                Window.Reserve(size);
                Window.Buffer.AsSpan(Window.Position, size).Fill(Input.ReadByte());
                Window.Position += size;
                break;
            case BlockType.Compressed:
                compressedBlock.Decode(size, header.BlockSize);
                break;
            default:
                throw Input.Corrupt("a block is of the reserved type");
        }

        var piece = Window.Unread - unread;
        produced += (uint)piece;
        checksum?.Append(Window.Buffer.AsSpan(Window.Position - piece, piece));
        if ((blockHeader & 1) != 0)
        {
            EndFrame(header);
        }
    }

    private void EndFrame(ZstdFrameHeader header)
    {
        if (produced != (header.ContentSize ?? produced))
        {
            throw Input.Corrupt($"{produced} bytes came out, the frame header tells {header.ContentSize}");
        }

        if (checksum is not null && Input.ReadUInt32() != (uint)checksum.Value)
        {
            throw Input.Corrupt("the checksum of a frame does not match its content");
        }

        frame = null;
    }
}
