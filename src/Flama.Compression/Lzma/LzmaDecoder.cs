using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using Flama.Compression.Streaming;

namespace Flama.Compression.Lzma;

/// <summary>The LZMA decoder that LZMA-alone files and LZMA2 chunks share: symbols in, bytes into a window.</summary>
internal sealed class LzmaDecoder(CompressedInput source, HistoryWindow window)
{
    /// <summary>More bytes than any one symbol takes (159 bits of model and direct bits at the worst, and one byte of carry).</summary>
    public const int LongestSymbol = 24;

    /// <summary>How many bytes start a range coder.</summary>
    public const int CoderStart = 5;

    private readonly LzmaModel model = new();
    private LzmaProperties properties;
    private uint range;
    private uint code;
    private int state;
    private uint repeat0;
    private uint repeat1;
    private uint repeat2;
    private uint repeat3;

    /// <summary>The dictionary size that the header declares; the window may hold less.</summary>
    public long DictionarySize { get; set; }

    /// <summary>How many bytes came out since the dictionary was last reset, modulo 2^32; the model looks at its low bits.</summary>
    public int Phase { get; set; }

    /// <summary>Whether the end marker was met.</summary>
    public bool EndMarked { get; private set; }

    /// <summary>What the last <see cref="Decode"/> stopped at, when that is an error.</summary>
    /// <remarks>Not thrown there: beyond the available input it only follows from the padding, and the caller knows what that means.</remarks>
    public CompressionException? Fault { get; private set; }

    /// <summary>Whether the coder has yet to take one byte before it can be at rest.</summary>
    public bool IsDue => range < RangeDecoder.Top;

    /// <summary>Whether the coder stands where an encoder leaves it at the end.</summary>
    public bool AtRest => code == 0;

    /// <summary>Sets the probabilities and the state to the start.</summary>
    public void Reset(LzmaProperties newProperties)
    {
        properties = newProperties;
        Reset();
    }

    /// <summary>Sets the probabilities and the state to the start, under the properties of before.</summary>
    public void Reset()
    {
        model.Reset(properties);
        state = LzmaState.Start;
        repeat0 = repeat1 = repeat2 = repeat3 = 0;
    }

    /// <summary>Starts the range coder on its five bytes.</summary>
    public void StartCoder(ReadOnlySpan<byte> start)
    {
        if (start[0] != 0)
        {
            throw source.Corrupt("the first byte of the LZMA coder is not zero");
        }

        range = uint.MaxValue;
        code = BinaryPrimitives.ReadUInt32BigEndian(start[1..]);
    }

    /// <summary>Takes the byte that <see cref="IsDue"/> asks for.</summary>
    public void Take(byte next)
    {
        range <<= 8;
        code = (code << 8) | next;
    }

    /// <summary>Decodes symbols until one of the bounds is reached or the end marker is met.</summary>
    /// <remarks>One method, so that the state of coder and model stays in registers from symbol to symbol.</remarks>
    /// <param name="input">The coded bytes; none of the last <see cref="LongestSymbol"/> starts a symbol.</param>
    /// <param name="available">How many bytes of <paramref name="input"/> are coded bytes; padding follows.</param>
    /// <param name="enough">Stop when so many bytes came out; the last match may exceed it.</param>
    /// <param name="most">More bytes than these are an error.</param>
    /// <returns>How many bytes of input were used; more than are available when the coded bytes end within a symbol.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Decode(ReadOnlySpan<byte> input, int available, int enough, int most)
    {
        window.Reserve(Math.Min(enough + LengthCoder.Longest, most));
        var buffer = window.Buffer;
        var position = window.Position;
        var start = position;
        var origin = window.Origin;
        var reach = (uint)window.Size;
        var positionMask = (1 << properties.PositionBits) - 1;
        var literalPositionMask = (1 << properties.LiteralPositionBits) - 1;
        var literalContextBits = properties.LiteralContextBits;
        var phase = Phase - start;
        var coder = new RangeDecoder(input, range, code);
        var (step, rep0, rep1, rep2, rep3) = (state, repeat0, repeat1, repeat2, repeat3);
        var (isMatch, literals) = (model.IsMatch, model.Literals);
        var stop = start + enough;
        var end = start + most;
        var lastStart = Math.Min(available, input.Length - LongestSymbol);
        while (position < stop && coder.Position <= lastStart)
        {
            var context = (position + phase) & positionMask;
            if (coder.Bit(ref isMatch[(step * LzmaModel.MostPositions) + context]) == 0)
            {
                uint before = position > origin ? buffer[position - 1] : (byte)0;
                var which = (((position + phase) & literalPositionMask) << literalContextBits) + (int)(before >> (8 - literalContextBits));
                var tree = literals.AsSpan(which * LzmaModel.LiteralCoder, LzmaModel.LiteralCoder);
                var symbol = 1u;
                if (LzmaState.FollowsMatch(step))
                {
                    // After a match the byte that would have continued it predicts this one until they first differ.
                    uint match = buffer[position - (int)rep0 - 1];
                    var offset = 0x100u;
                    do
                    {
                        match <<= 1;
                        var matchBit = match & offset;
                        var bit = coder.UnpredictableBit(ref tree[(int)(offset + matchBit + symbol)]);
                        symbol = (symbol << 1) | bit;
                        offset &= matchBit ^ (bit - 1);
                    }
                    while (symbol < 0x100);
                }
                else
                {
                    do
                    {
                        symbol = (symbol << 1) | coder.UnpredictableBit(ref tree[(int)symbol]);
                    }
                    while (symbol < 0x100);
                }

                buffer[position++] = (byte)symbol;
                step = LzmaState.AfterLiteral(step);
                continue;
            }

            uint length;
            if (coder.Bit(ref model.IsRepeat[step]) == 0)
            {
                (rep3, rep2, rep1) = (rep2, rep1, rep0);
                length = LengthCoder.Read(ref coder, model.MatchLengths, context);
                step = LzmaState.AfterMatch(step);
                var lengthState = Math.Min((int)length - LengthCoder.Shortest, LzmaModel.LengthStates - 1);
                rep0 = ReadDistance(ref coder, lengthState);
                if (rep0 == uint.MaxValue)
                {
                    EndMarked = true;
                    break;
                }
            }
            else
            {
                if (coder.Bit(ref model.IsRepeat0[step]) == 0)
                {
                    if (coder.Bit(ref model.IsRepeat0Long[(step * LzmaModel.MostPositions) + context]) == 0)
                    {
                        if (rep0 >= (uint)(position - origin) || rep0 >= reach)
                        {
                            Fault = BadDistance(rep0, position - origin);
                            break;
                        }

                        buffer[position] = buffer[position - (int)rep0 - 1];
                        position++;
                        step = LzmaState.AfterShortRepeat(step);
                        continue;
                    }
                }
                else if (coder.Bit(ref model.IsRepeat1[step]) == 0)
                {
                    (rep1, rep0) = (rep0, rep1);
                }
                else if (coder.Bit(ref model.IsRepeat2[step]) == 0)
                {
                    (rep2, rep1, rep0) = (rep1, rep0, rep2);
                }
                else
                {
                    (rep3, rep2, rep1, rep0) = (rep2, rep1, rep0, rep3);
                }

                length = LengthCoder.Read(ref coder, model.RepeatLengths, context);
                step = LzmaState.AfterRepeat(step);
            }

            if (rep0 >= (uint)(position - origin) || rep0 >= reach)
            {
                Fault = BadDistance(rep0, position - origin);
                break;
            }

            if (length > (uint)(end - position))
            {
                Fault = source.Corrupt("a match is longer than what remains");
                break;
            }

            MatchCopy.Copy(buffer, position, (int)rep0 + 1, (int)length);
            position += (int)length;
        }

        (range, code) = (coder.Range, coder.Code);
        (state, repeat0, repeat1, repeat2, repeat3) = (step, rep0, rep1, rep2, rep3);
        window.Position = position;
        Phase += position - start;
        return coder.Position;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private uint ReadDistance(ref RangeDecoder coder, int lengthState)
    {
        var slot = coder.Tree(model.DistanceSlots.AsSpan(lengthState * LzmaModel.SlotTree, LzmaModel.SlotTree));
        if (slot < LzmaModel.FirstModelledSlot)
        {
            return slot;
        }

        var bits = (int)(slot >> 1) - 1;
        var distance = (2 | (slot & 1)) << bits;
        return slot < LzmaModel.FirstDirectSlot
            ? distance + coder.ReverseTree(model.Distances.AsSpan((int)(distance - slot)), bits)
            : distance + (coder.DirectBits(bits - LzmaModel.AlignBits) << LzmaModel.AlignBits) + coder.ReverseTree(model.Align, LzmaModel.AlignBits);
    }

    private CompressionException BadDistance(uint distance, int history) => distance < (uint)history && distance < DictionarySize
        ? source.TooLarge($"a match reaches {distance + 1L} bytes back, a window of {window.Size} bytes is allowed")
        : source.Corrupt($"a match reaches {distance + 1L} bytes back, before the start of the data");
}
