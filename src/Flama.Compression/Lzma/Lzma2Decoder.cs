using System.Buffers.Binary;
using Flama.Compression.Streaming;

namespace Flama.Compression.Lzma;

/// <summary>LZMA2: LZMA and stored chunks of at most 64 KiB compressed and 2 MiB decompressed, each with its size in front.</summary>
internal sealed class Lzma2Decoder(CompressedInput source, HistoryWindow window)
{
    private const int LargestChunk = 1 << 16;
    private const int Slice = 128 * 1024;

    private readonly LzmaDecoder decoder = new(source, window);
    private byte[] chunk = [];
    private int chunkSize;
    private int chunkPosition;
    private int remaining;
    private bool stored;
    private bool needsDictionary;
    private bool needsProperties;
    private bool needsState;

    /// <summary>Starts a stream of chunks.</summary>
    /// <param name="dictionarySize">What the header declares.</param>
    public void Begin(long dictionarySize)
    {
        decoder.DictionarySize = dictionarySize;
        needsDictionary = true;
        needsProperties = true;
        needsState = true;
        remaining = 0;
    }

    /// <summary>Decodes the next piece of a chunk.</summary>
    /// <returns>False when the end of the chunks was read.</returns>
    public bool DecodeNext()
    {
        if (remaining == 0 && !ReadChunkHeader())
        {
            return false;
        }

        var step = Math.Min(remaining, Slice);
        if (stored)
        {
            window.Reserve(step);
            source.ReadExactly(window.Buffer.AsSpan(window.Position, step));
            window.Position += step;
            decoder.Phase += step;
            remaining -= step;
            return true;
        }

        remaining -= DecodeSlice(step);
        return true;
    }

    private int DecodeSlice(int step)
    {
        var phase = decoder.Phase;
        var coded = chunk.AsSpan(chunkPosition, chunkSize - chunkPosition + LzmaDecoder.LongestSymbol);
        chunkPosition += decoder.Decode(coded, chunkSize - chunkPosition, step, remaining);
        var produced = decoder.Phase - phase;
        if (decoder.Fault is not null && chunkPosition <= chunkSize)
        {
            throw decoder.Fault;
        }

        if (produced == remaining && decoder.IsDue)
        {
            decoder.Take(chunk[chunkPosition++]);
        }

        var fits = produced == remaining ? chunkPosition == chunkSize && decoder.AtRest : chunkPosition <= chunkSize && !decoder.EndMarked;
        if (!fits)
        {
            throw source.Corrupt("an LZMA2 chunk does not end where its header says");
        }

        return produced;
    }

    private bool ReadChunkHeader()
    {
        var control = source.ReadByte();
        if (control == 0)
        {
            return false;
        }

        if (control is 1 or >= 0xE0)
        {
            needsDictionary = false;
            needsProperties = true;
            window.Forget();
            decoder.Phase = 0;
        }
        else if (needsDictionary)
        {
            throw source.Corrupt("the first LZMA2 chunk does not reset the dictionary");
        }

        stored = control < 0x80;
        if (!stored)
        {
            ReadLzmaHeader(control);
        }
        else if (control > 2)
        {
            throw source.Corrupt($"0x{control:X2} starts no LZMA2 chunk");
        }
        else
        {
            remaining = ReadSize();
        }

        return true;
    }

    private void ReadLzmaHeader(byte control)
    {
        remaining = ((control & 0x1F) << 16) + ReadSize();
        chunkSize = ReadSize();
        if (control >= 0xC0)
        {
            if (!LzmaProperties.TryParse(source.ReadByte(), out var properties))
            {
                throw source.Corrupt("the LZMA2 properties are out of range");
            }

            needsProperties = false;
            needsState = false;
            decoder.Reset(properties);
        }
        else if (needsProperties)
        {
            throw source.Corrupt("an LZMA2 chunk does not set the properties that it needs");
        }
        else if (control >= 0xA0)
        {
            needsState = false;
            decoder.Reset();
        }
        else if (needsState)
        {
            throw source.Corrupt("an LZMA2 chunk does not reset the state");
        }

        ReadChunk();
    }

    private void ReadChunk()
    {
        if (chunkSize < LzmaDecoder.CoderStart)
        {
            throw source.Corrupt($"an LZMA2 chunk of {chunkSize} bytes is too short");
        }

        if (chunk.Length < chunkSize + LzmaDecoder.LongestSymbol)
        {
            chunk = new byte[Math.Min(chunkSize * 2, LargestChunk) + LzmaDecoder.LongestSymbol];
        }

        source.ReadExactly(chunk.AsSpan(0, chunkSize));
        chunk.AsSpan(chunkSize, LzmaDecoder.LongestSymbol).Clear();
        decoder.StartCoder(chunk.AsSpan(0, LzmaDecoder.CoderStart));
        chunkPosition = LzmaDecoder.CoderStart;
    }

    /// <summary>Two bytes, high first, of a size less one.</summary>
    private int ReadSize()
    {
        Span<byte> size = stackalloc byte[2];
        source.ReadExactly(size);
        return BinaryPrimitives.ReadUInt16BigEndian(size) + 1;
    }
}
