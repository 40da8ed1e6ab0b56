using System.Buffers;
using System.IO.Hashing;
using Flama.Compression.Streaming;

namespace Flama.Compression.Lz4;

/// <summary>Decodes lz4 frames one after the other, a block at a time.</summary>
internal sealed class Lz4Stream : WindowedDecoder
{
    private const int LinkedWindow = 64 * 1024;
    private const int LargestExpansion = 255;
    private const uint StoredFlag = 0x80000000;

    private readonly Lz4Block blocks;
    private Lz4FrameHeader? frame;
    private XxHash32? checksum;
    private ulong produced;
    private bool sawFrame;

    public Lz4Stream(CompressedInput input)
        : base(input) => blocks = new Lz4Block(input, Window);

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
            BeginFrame(Lz4FrameHeader.Read(Input, magic));
        }

        sawFrame = true;
        return true;
    }

    private void BeginFrame(Lz4FrameHeader header)
    {
        frame = header;
        checksum = header.HasContentChecksum ? new XxHash32() : null;
        produced = 0;
        Window.Begin(LinkedWindow);
    }

    private void DecodeBlock(Lz4FrameHeader header)
    {
        var sizeAndFlag = Input.ReadUInt32();
        if (sizeAndFlag == 0)
        {
            EndFrame(header);
            return;
        }

        var size = sizeAndFlag & ~StoredFlag;
        if (size > header.BlockSize)
        {
            throw Input.Corrupt($"a block of {size} bytes is larger than {header.BlockSize} bytes, the largest of this frame");
        }

        if (!header.HasLinkedBlocks)
        {
            Window.Forget();
        }

        var unread = Window.Unread;
        if (sizeAndFlag == size)
        {
            DecodeCoded(header, (int)size);
        }
        else
        {
            DecodeStored(header, (int)size);
        }

        var piece = Window.Unread - unread;
        produced += (uint)piece;
        checksum?.Append(Window.Buffer.AsSpan(Window.Position - piece, piece));
    }

    private void DecodeCoded(Lz4FrameHeader header, int size)
    {
        var block = ArrayPool<byte>.Shared.Rent(size + HistoryWindow.Slop);
        try
        {
            var content = block.AsSpan(0, size);
            Input.ReadExactly(content);
            CheckBlock(header, content);
            var most = (int)Math.Min(header.BlockSize, (long)size * LargestExpansion);
            Window.Reserve(most);
            blocks.Decode(block, size, most);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private void DecodeStored(Lz4FrameHeader header, int size)
    {
        Window.Reserve(size);
        var content = Window.Buffer.AsSpan(Window.Position, size);
        Input.ReadExactly(content);
        CheckBlock(header, content);
        Window.Position += size;
    }

    private void CheckBlock(Lz4FrameHeader header, ReadOnlySpan<byte> content)
    {
        if (header.HasBlockChecksums && Input.ReadUInt32() != XxHash32.HashToUInt32(content))
        {
            throw Input.Corrupt("the checksum of a block does not match");
        }
    }

    private void EndFrame(Lz4FrameHeader header)
    {
        if (produced != (header.ContentSize ?? produced))
        {
            throw Input.Corrupt($"{produced} bytes came out, the frame header tells {header.ContentSize}");
        }

        if (checksum is not null && Input.ReadUInt32() != checksum.GetCurrentHashAsUInt32())
        {
            throw Input.Corrupt("the checksum of a frame does not match its content");
        }

        frame = null;
    }
}
