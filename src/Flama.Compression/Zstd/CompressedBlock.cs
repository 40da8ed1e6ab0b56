using Flama.Compression.Streaming;

namespace Flama.Compression.Zstd;

/// <summary>Decodes compressed blocks, and keeps what a block may reuse of the blocks before it.</summary>
internal sealed class CompressedBlock(CompressedInput input, HistoryWindow window)
{
    private const int SmallestBlock = 2;

    private readonly LiteralsSection literals = new(input);
    private readonly SequencesSection sequences = new(input, window);
    private byte[] block = [];

    /// <summary>Starts a frame.</summary>
    public void Begin()
    {
        literals.Begin();
        sequences.Begin();
    }

    /// <summary>Reads a block and decodes it into the window.</summary>
    /// <param name="size">Its compressed size.</param>
    /// <param name="most">The largest decompressed size of a block.</param>
    public void Decode(int size, int most)
    {
        if (size < SmallestBlock)
        {
            throw input.Corrupt($"a compressed block of {size} bytes is too short");
        }

        const int Start = BackwardBits.Margin;
        if (block.Length < Start + size + HistoryWindow.Slop)
        {
            block = new byte[Start + Math.Max(size, Math.Min(block.Length * 2, most)) + HistoryWindow.Slop];
        }

        input.ReadExactly(block.AsSpan(Start, size));
        window.Reserve(most);
        var end = literals.Decode(block, Start, Start + size, most);
        sequences.Decode(block, end, Start + size, literals, most);
    }
}
