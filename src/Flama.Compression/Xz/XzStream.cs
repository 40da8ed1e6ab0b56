using Flama.Compression.Lzma;
using Flama.Compression.Streaming;

namespace Flama.Compression.Xz;

/// <summary>Decodes xz streams one after the other. As in Python's <c>lzma</c>, what follows the last stream and is none is not looked at.</summary>
internal sealed class XzStream : WindowedDecoder
{
    private const byte IndexMarker = 0;

    private readonly DecompressionLimits limits;
    private readonly Lzma2Decoder lzma2;
    private XzIndex index = new();
    private XzCheck? check;
    private int checkId;
    private XzBlockHeader? block;
    private long blockStart;
    private long produced;
    private bool streamEnded;

    public XzStream(CompressedInput input, DecompressionLimits limits)
        : base(input)
    {
        this.limits = limits;
        lzma2 = new Lzma2Decoder(input, Window);
    }

    protected override bool DecodeNext()
    {
        if (check is null && !BeginStream())
        {
            return false;
        }

        if (block is null)
        {
            BeginBlockOrEndStream();
            return true;
        }

        var before = Window.Unread;
        if (!lzma2.DecodeNext())
        {
            EndBlock(block);
            return true;
        }

        var piece = Window.Unread - before;
        check!.Append(Window.Buffer.AsSpan(Window.Position - piece, piece));
        produced += piece;
        if (produced > block.UncompressedSize || Input.Consumed - blockStart > block.CompressedSize)
        {
            throw Input.Corrupt("a block is larger than its header says");
        }

        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            (check as IDisposable)?.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Reads a stream header; false when there is no further stream.</summary>
    private bool BeginStream()
    {
        if (streamEnded && !FindNextStream())
        {
            return false;
        }

        checkId = XzStreamFlags.ReadHeader(Input);
        check = XzCheck.Create(checkId);
        index = new XzIndex();
        return true;
    }

    /// <summary>Skips the zeros between streams.</summary>
    private bool FindNextStream()
    {
        while (Input.Peek(4) is [0, 0, 0, 0, ..])
        {
            Input.Advance(4);
        }

        var start = Input.Peek(XzStreamFlags.Magic.Length);
        var common = Math.Min(start.Length, XzStreamFlags.Magic.Length);
        return common > 0 && start[..common].SequenceEqual(XzStreamFlags.Magic[..common]);
    }

    private void BeginBlockOrEndStream()
    {
        var first = Input.ReadByte();
        if (first == IndexMarker)
        {
            XzStreamFlags.ReadFooter(Input, checkId, index.Read(Input));
            (check as IDisposable)?.Dispose();
            check = null;
            streamEnded = true;
            return;
        }

        block = XzBlockHeader.Read(Input, first);
        blockStart = Input.Consumed;
        produced = 0;
        Window.Begin(Math.Min(block.DictionarySize, limits.MaxWindowBytes));
        lzma2.Begin(block.DictionarySize);
    }

    private void EndBlock(XzBlockHeader header)
    {
        var compressed = Input.Consumed - blockStart;
        if (compressed != (header.CompressedSize ?? compressed) || produced != (header.UncompressedSize ?? produced))
        {
            throw Input.Corrupt("a block is not as large as its header says");
        }

        for (var i = compressed; i % 4 != 0; i++)
        {
            if (Input.ReadByte() != 0)
            {
                throw Input.Corrupt("the padding of a block is not zero");
            }
        }

        Span<byte> stored = stackalloc byte[check!.Size];
        Input.ReadExactly(stored);
        if (!check.Finish(stored))
        {
            throw Input.Corrupt("the check of a block does not match its content");
        }

        index.Add(header.Size + compressed + check.Size, produced);
        block = null;
    }
}
