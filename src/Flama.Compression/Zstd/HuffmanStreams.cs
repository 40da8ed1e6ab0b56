using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using Flama.Compression.Streaming;

namespace Flama.Compression.Zstd;

/// <summary>Decodes Huffman-coded literals, in one stream or in four that are decoded side by side.</summary>
internal sealed class HuffmanStreams(CompressedInput errors)
{
    private const int Streams = 4;
    private const int JumpTableSize = 6;

    /// <summary>Symbols that one loaded word is sure to hold.</summary>
    private const int SymbolsAWord = BackwardBits.SureBits / HuffmanTable.LongestCode;

    private const int PeekShift = 64 - HuffmanTable.LongestCode;

    /// <summary>Decodes one stream.</summary>
    /// <param name="table">The table.</param>
    /// <param name="data">Holds the stream, with <see cref="BackwardBits.Margin"/> bytes before it.</param>
    /// <param name="start">Where it starts.</param>
    /// <param name="end">Where it ends.</param>
    /// <param name="output">Gets as many literals as it is long.</param>
    public void DecodeOne(ushort[] table, byte[] data, int start, int end, Span<byte> output) =>
        Finish(table, data, start, StartOf(data, start, end - start), output);

    /// <summary>Decodes four streams with a table of their sizes in front; each but the last gives a quarter, rounded up.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void DecodeFour(ushort[] table, byte[] data, int start, int end, Span<byte> output)
    {
        var quarter = (output.Length + Streams - 1) / Streams;
        if (end - start < JumpTableSize || quarter * (Streams - 1) > output.Length)
        {
            throw errors.Corrupt("the four streams of literals are cut off");
        }

        ReadOnlySpan<byte> sizes = data.AsSpan(start, JumpTableSize);
        var start0 = start + JumpTableSize;
        var start1 = start0 + BinaryPrimitives.ReadUInt16LittleEndian(sizes);
        var start2 = start1 + BinaryPrimitives.ReadUInt16LittleEndian(sizes[2..]);
        var start3 = start2 + BinaryPrimitives.ReadUInt16LittleEndian(sizes[4..]);
        if (start3 > end)
        {
            throw errors.Corrupt("the four streams of literals are longer than their block");
        }

        var output0 = output[..quarter];
        var output1 = output.Slice(quarter, quarter);
        var output2 = output.Slice(2 * quarter, quarter);
        var output3 = output[(3 * quarter)..];
        var stream0 = new Cursor(data, start0, StartOf(data, start0, start1 - start0));
        var stream1 = new Cursor(data, start1, StartOf(data, start1, start2 - start1));
        var stream2 = new Cursor(data, start2, StartOf(data, start2, start3 - start2));
        var stream3 = new Cursor(data, start3, StartOf(data, start3, end - start3));
        var entries = table.AsSpan(0, 1 << HuffmanTable.LongestCode);
        var done = 0;
        while (true)
        {
            // A round takes five symbols of each stream, at most seven whole bytes; only rounds that stay within all streams are run.
            var rounds = Math.Min((output3.Length - done) / SymbolsAWord, Math.Min(
                Math.Min(stream0.Rounds, stream1.Rounds), Math.Min(stream2.Rounds, stream3.Rounds)));
            if (rounds <= 0)
            {
                break;
            }

            for (; rounds > 0; rounds--)
            {
                var piece0 = output0.Slice(done, SymbolsAWord);
                var piece1 = output1.Slice(done, SymbolsAWord);
                var piece2 = output2.Slice(done, SymbolsAWord);
                var piece3 = output3.Slice(done, SymbolsAWord);
                piece0[0] = Next(entries, ref stream0.Word);
                piece1[0] = Next(entries, ref stream1.Word);
                piece2[0] = Next(entries, ref stream2.Word);
                piece3[0] = Next(entries, ref stream3.Word);
                piece0[1] = Next(entries, ref stream0.Word);
                piece1[1] = Next(entries, ref stream1.Word);
                piece2[1] = Next(entries, ref stream2.Word);
                piece3[1] = Next(entries, ref stream3.Word);
                piece0[2] = Next(entries, ref stream0.Word);
                piece1[2] = Next(entries, ref stream1.Word);
                piece2[2] = Next(entries, ref stream2.Word);
                piece3[2] = Next(entries, ref stream3.Word);
                piece0[3] = Next(entries, ref stream0.Word);
                piece1[3] = Next(entries, ref stream1.Word);
                piece2[3] = Next(entries, ref stream2.Word);
                piece3[3] = Next(entries, ref stream3.Word);
                piece0[4] = Next(entries, ref stream0.Word);
                piece1[4] = Next(entries, ref stream1.Word);
                piece2[4] = Next(entries, ref stream2.Word);
                piece3[4] = Next(entries, ref stream3.Word);
                done += SymbolsAWord;
                stream0.Reload(data);
                stream1.Reload(data);
                stream2.Reload(data);
                stream3.Reload(data);
            }
        }

        Finish(table, data, start0, stream0.Position, output0[done..]);
        Finish(table, data, start1, stream1.Position, output1[done..]);
        Finish(table, data, start2, stream2.Position, output2[done..]);
        Finish(table, data, start3, stream3.Position, output3[done..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte Next(ReadOnlySpan<ushort> table, ref ulong word)
    {
        // The low bits of an entry are the length of the code, and a shift only looks at the low six.
        int entry = table[(int)(word >> PeekShift)];
        word <<= entry;
        return (byte)(entry >> 8);
    }

    private int StartOf(byte[] data, int start, int length)
    {
        var position = BackwardBits.Start(data, start, length);
        return position >= 0 ? position : throw errors.Corrupt("a stream of literals does not end with its marker");
    }

    /// <summary>Decodes the rest of a stream, which must end where its literals do.</summary>
    private void Finish(ushort[] table, byte[] data, int start, int position, Span<byte> output)
    {
        var first = start * 8;
        while (!output.IsEmpty && position >= first)
        {
            var word = BackwardBits.Load(data, position);
            var count = Math.Min(SymbolsAWord, output.Length);
            for (var i = 0; i < count; i++)
            {
                int entry = table[(int)(word >> PeekShift)];
                word <<= entry;
                position -= entry & 0xFF;
                output[i] = (byte)(entry >> 8);
            }

            output = output[count..];
        }

        if (position != first)
        {
            throw errors.Corrupt("a stream of literals does not end where its literals do");
        }
    }

    /// <summary>A stream in the fast loop: a word whose lowest set bit marks how much of it was used.</summary>
    private ref struct Cursor
    {
        public ulong Word;

        private readonly int start;
        private int at;

        public Cursor(byte[] data, int start, int position)
        {
            this.start = start;
            at = ((position + 7) >> 3) - 8;
            Word = (BinaryPrimitives.ReadUInt64LittleEndian(data.AsSpan(at)) | 1) << (((at + 8) << 3) - position);
        }

        /// <summary>How many rounds cannot leave the stream.</summary>
        public readonly int Rounds => (at - start) / 7;

        /// <summary>The bit position after what was used.</summary>
        public readonly int Position => ((at + 8) << 3) - BitOperations.TrailingZeroCount(Word);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Reload(byte[] data)
        {
            var used = BitOperations.TrailingZeroCount(Word);
            at -= used >> 3;
            Word = (BinaryPrimitives.ReadUInt64LittleEndian(data.AsSpan(at)) | 1) << (used & 7);
        }
    }
}
