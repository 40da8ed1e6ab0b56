using System.Runtime.CompilerServices;
using Flama.Compression.Streaming;

namespace Flama.Compression.Zstd;

/// <summary>Decodes the sequences of a compressed block and carries them out: some literals, then a match.</summary>
internal sealed class SequencesSection(CompressedInput errors, HistoryWindow window)
{
    /// <summary>Once so many bits are used, the state updates (at most 26 bits) need a new word.</summary>
    private const int BitsBeforeStates = BackwardBits.SureBits - 26;

    private readonly SequenceTableSlot literalLengths = new(errors, SequenceCode.LiteralLength);
    private readonly SequenceTableSlot matchLengths = new(errors, SequenceCode.MatchLength);
    private readonly SequenceTableSlot offsets = new(errors, SequenceCode.Offset);
    private int repeat1;
    private int repeat2;
    private int repeat3;

    /// <summary>Sets everything to the start of a frame.</summary>
    public void Begin()
    {
        literalLengths.Begin();
        matchLengths.Begin();
        offsets.Begin();
        (repeat1, repeat2, repeat3) = (1, 4, 8);
    }

    /// <summary>Decodes the section into the window, the remaining literals included.</summary>
    /// <param name="block">The block, with margins on both sides.</param>
    /// <param name="start">Where the section starts.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="literals">The literals of the block.</param>
    /// <param name="most">How many bytes may come out; the window has room for them.</param>
    public void Decode(byte[] block, int start, int end, LiteralsSection literals, int most)
    {
        var count = ReadCount(block, ref start, end);
        if (count > 0)
        {
            start = ReadTables(block, start, end);
            Run(block, start, end, count, literals, most);
        }
        else if (start != end)
        {
            throw errors.Corrupt("a block without sequences has bytes after its literals");
        }
        else
        {
            AppendLiterals(literals, literals.Start, window.Position + most);
        }
    }

    private int ReadCount(byte[] block, ref int start, int end)
    {
        int first = start < end ? block[start] : throw errors.Corrupt("a block ends before its sequences");
        var size = first switch { < 128 => 1, < 255 => 2, _ => 3 };
        if (size > end - start)
        {
            throw errors.Corrupt("the number of sequences is cut off");
        }

        var count = size switch
        {
            1 => first,
            2 => ((first - 128) << 8) + block[start + 1],
            _ => block[start + 1] + (block[start + 2] << 8) + 0x7F00,
        };
        start += size;
        return count;
    }

    private int ReadTables(byte[] block, int start, int end)
    {
        int modes = start < end ? block[start++] : throw errors.Corrupt("a block ends before its entropy tables");
        if ((modes & 3) != 0)
        {
            throw errors.Corrupt("a block sets reserved bits");
        }

        start = literalLengths.Read(modes >> 6, block, start, end);
        start = offsets.Read((modes >> 4) & 3, block, start, end);
        return matchLengths.Read((modes >> 2) & 3, block, start, end);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Run(byte[] block, int start, int end, int count, LiteralsSection literals, int most)
    {
        var (lengthTable, offsetTable, matchTable) = (literalLengths.Current.Entries, offsets.Current.Entries, matchLengths.Current.Entries);
        var bit = BackwardBits.Start(block, start, end - start);
        var firstBit = start * 8;
        var stateBits = literalLengths.Current.Log + offsets.Current.Log + matchLengths.Current.Log;
        if (bit - stateBits < firstBit)
        {
            throw errors.Corrupt("the sequences of a block are cut off");
        }

        var word = BackwardBits.Load(block, bit);
        var lengthState = BackwardBits.Take(ref word, literalLengths.Current.Log);
        var offsetState = BackwardBits.Take(ref word, offsets.Current.Log);
        var matchState = BackwardBits.Take(ref word, matchLengths.Current.Log);
        bit -= stateBits;

        var buffer = window.Buffer;
        var position = window.Position;
        var limit = position + most;
        var origin = window.Origin;
        var reach = (uint)window.Size;
        var source = literals.Source;
        var literal = literals.Start;
        var literalEnd = literal + literals.Length;
        var (rep1, rep2, rep3) = (repeat1, repeat2, repeat3);
        while (true)
        {
            ref readonly var lengthEntry = ref lengthTable[lengthState];
            ref readonly var offsetEntry = ref offsetTable[offsetState];
            ref readonly var matchEntry = ref matchTable[matchState];
            var used = offsetEntry.ExtraBits + matchEntry.ExtraBits + lengthEntry.ExtraBits;
            if (bit < firstBit)
            {
                throw errors.Corrupt("the sequences of a block are cut off");
            }

            word = BackwardBits.Load(block, bit);
            var offsetValue = offsetEntry.Baseline + BackwardBits.Take(ref word, offsetEntry.ExtraBits);
            if (used > BackwardBits.SureBits)
            {
                word = BackwardBits.Load(block, bit - offsetEntry.ExtraBits);
            }

            var matchLength = (int)(matchEntry.Baseline + BackwardBits.Take(ref word, matchEntry.ExtraBits));
            var literalLength = (int)(lengthEntry.Baseline + BackwardBits.Take(ref word, lengthEntry.ExtraBits));
            bit -= used;

            int offset;
            if (offsetValue > 3)
            {
                offset = (int)(offsetValue - 3);
                (rep3, rep2, rep1) = (rep2, rep1, offset);
            }
            else
            {
                // Without literals in between, the last offset itself would be pointless: the choices move on by one.
                var choice = (int)offsetValue - (literalLength == 0 ? 0 : 1);
                offset = choice switch { 0 => rep1, 1 => rep2, 2 => rep3, _ => rep1 - 1 };
                if (choice > 1)
                {
                    rep3 = rep2;
                }

                if (choice > 0)
                {
                    (rep2, rep1) = (rep1, offset);
                }
            }

            if (literalLength > literalEnd - literal || literalLength + matchLength > limit - position)
            {
                throw errors.Corrupt("a sequence is longer than its block");
            }

            MatchCopy.CopyLiterals(source, literal, buffer, position, literalLength);
            literal += literalLength;
            position += literalLength;
            if (offset <= 0 || offset > position - origin || (uint)offset > reach)
            {
                throw errors.Corrupt($"a match reaches {offset} bytes back, before the start of the data");
            }

            MatchCopy.Copy(buffer, position, offset, matchLength);
            position += matchLength;
            if (--count == 0)
            {
                break;
            }

            if (used > BitsBeforeStates)
            {
                if (bit < firstBit)
                {
                    throw errors.Corrupt("the sequences of a block are cut off");
                }

                word = BackwardBits.Load(block, bit);
            }

            lengthState = lengthEntry.Next + BackwardBits.Take(ref word, lengthEntry.StateBits);
            matchState = matchEntry.Next + BackwardBits.Take(ref word, matchEntry.StateBits);
            offsetState = offsetEntry.Next + BackwardBits.Take(ref word, offsetEntry.StateBits);
            bit -= lengthEntry.StateBits + matchEntry.StateBits + offsetEntry.StateBits;
        }

        if (bit != firstBit)
        {
            throw errors.Corrupt("the sequences of a block do not end where the block does");
        }

        window.Position = position;
        (repeat1, repeat2, repeat3) = (rep1, rep2, rep3);
        AppendLiterals(literals, literal, limit);
    }

    private void AppendLiterals(LiteralsSection literals, int from, int limit)
    {
        var count = literals.Start + literals.Length - from;
        if (count > limit - window.Position)
        {
            throw errors.Corrupt("the literals of a block are longer than a block may be");
        }

        literals.Source.AsSpan(from, count).CopyTo(window.Buffer.AsSpan(window.Position));
        window.Position += count;
    }
}
