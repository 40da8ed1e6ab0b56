using Flama.Compression.Streaming;

namespace Flama.Compression.Zstd;

/// <summary>The table in force of one number of a sequence.</summary>
internal sealed class SequenceTableSlot(CompressedInput errors, SequenceCode code)
{
    private readonly SequenceTable own = new(code);
    private SequenceTable? current;

    private enum Mode
    {
        Predefined,
        Single,
        Described,
        Repeated,
    }

    public SequenceTable Current => current!;

    public void Begin() => current = null;

    /// <summary>Reads which table is in force now, and the table where the block brings one.</summary>
    /// <returns>Where its description ends.</returns>
    public int Read(int mode, byte[] block, int start, int end)
    {
        switch ((Mode)mode)
        {
            case Mode.Predefined:
                current = code.Predefined;
                return start;
            case Mode.Single:
                var symbol = start < end ? block[start] : throw errors.Corrupt($"the code of the {code.Name} is cut off");
                current = symbol < code.ExtraBits.Length
                    ? own.BuildSingle(symbol)
                    : throw errors.Corrupt($"{symbol} is no code for {code.Name}");
                return start + 1;
            case Mode.Described:
                Span<short> counts = stackalloc short[code.ExtraBits.Length];
                var size = FseCounts.Read(errors, block.AsSpan(start, end - start), counts, code.LargestLog, out var log);
                current = own.Build(counts, log);
                return start + size;
            default:
                return current is not null ? start : throw errors.Corrupt($"a block reuses the table of the {code.Name} and there is none");
        }
    }
}
