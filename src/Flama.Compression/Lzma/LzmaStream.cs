using Flama.Compression.Streaming;

namespace Flama.Compression.Lzma;

/// <summary>Decodes an LZMA-alone file: of known size, of unknown size with an end marker, or both. Bytes after it are not looked at.</summary>
internal sealed class LzmaStream(CompressedInput input, DecompressionLimits limits) : WindowedDecoder(input)
{
    private const int Slice = 128 * 1024;

    private LzmaDecoder? decoder;
    private long remaining;

    private bool SizeIsKnown => remaining >= 0;

    protected override bool DecodeNext()
    {
        decoder ??= Begin();
        if (remaining == 0)
        {
            End(decoder);
            return false;
        }

        var before = decoder.Phase;
        var enough = SizeIsKnown ? (int)Math.Min(remaining, Slice) : Slice;
        var most = SizeIsKnown ? (int)Math.Min(remaining, Slice + LengthCoder.Longest) : Slice + LengthCoder.Longest;
        Decode(decoder, enough, most);
        if (SizeIsKnown)
        {
            remaining -= decoder.Phase - before;
        }

        if (!decoder.EndMarked)
        {
            return true;
        }

        if (remaining > 0)
        {
            throw Input.Corrupt($"the end marker comes {remaining} bytes before the size in the header");
        }

        Settle(decoder);
        return false;
    }

    private LzmaDecoder Begin()
    {
        var header = LzmaHeader.Read(Input);
        var created = new LzmaDecoder(Input, Window) { DictionarySize = header.DictionarySize };
        created.Reset(header.Properties);
        Window.Begin(Math.Min(Math.Max(header.DictionarySize, 4096), limits.MaxWindowBytes));
        remaining = header.ContentSize;
        Span<byte> start = stackalloc byte[LzmaDecoder.CoderStart];
        Input.ReadExactly(start);
        created.StartCoder(start);
        return created;
    }

    /// <summary>All bytes of a known size are out: nothing may follow but an end marker.</summary>
    private void End(LzmaDecoder lzma)
    {
        if (lzma.IsDue)
        {
            lzma.Take(Input.ReadByte());
        }

        if (lzma.AtRest)
        {
            return;
        }

        var before = lzma.Phase;
        while (!lzma.EndMarked)
        {
            Decode(lzma, enough: 1, most: 0);
            if (lzma.Phase != before)
            {
                throw Input.Corrupt("more bytes follow than the size in the header");
            }
        }

        Settle(lzma);
    }

    private void Settle(LzmaDecoder lzma)
    {
        if (lzma.IsDue)
        {
            lzma.Take(Input.ReadByte());
        }

        if (!lzma.AtRest)
        {
            throw Input.Corrupt("the LZMA coder is not at rest after the end marker");
        }
    }

    private void Decode(LzmaDecoder lzma, int enough, int most)
    {
        scoped var buffered = Input.Peek(LzmaDecoder.LongestSymbol + 1);
        var available = buffered.Length;
        Span<byte> padded = stackalloc byte[2 * LzmaDecoder.LongestSymbol];
        if (available <= LzmaDecoder.LongestSymbol)
        {
            padded.Clear();
            buffered.CopyTo(padded);
            buffered = padded;
        }

        var used = lzma.Decode(buffered, available, enough, most);
        Input.Advance(Math.Min(used, available));
        if (used > available)
        {
            throw Input.Truncated();
        }

        if (lzma.Fault is not null)
        {
            throw lzma.Fault;
        }
    }
}
