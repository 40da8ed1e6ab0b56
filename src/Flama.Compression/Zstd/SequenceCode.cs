namespace Flama.Compression.Zstd;

/// <summary>One of the three numbers of a sequence: how its codes stand for values, and its predefined table.</summary>
internal sealed class SequenceCode
{
    private readonly byte[] extraBits;
    private readonly uint[] baselines;

    private SequenceCode(string name, int largestLog, uint firstBaseline, byte[] extraBits, short[] defaultCounts, int defaultLog)
    {
        Name = name;
        LargestLog = largestLog;
        this.extraBits = extraBits;
        baselines = new uint[extraBits.Length];
        for (var i = 0; i < extraBits.Length; i++)
        {
            baselines[i] = i == 0 ? firstBaseline : baselines[i - 1] + (1u << extraBits[i - 1]);
        }

        Predefined = new SequenceTable(this).Build(defaultCounts, defaultLog);
    }

    public static SequenceCode LiteralLength { get; } = new(
        "literal lengths",
        9,
        0,
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16],
        [4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1],
        6);

    public static SequenceCode MatchLength { get; } = new(
        "match lengths",
        9,
        3,
        [
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
            1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
        ],
        [
            1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
            1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1,
        ],
        6);

    public static SequenceCode Offset { get; } = new(
        "offsets",
        8,
        1,
        [.. Enumerable.Range(0, 32).Select(bits => (byte)bits)],
        [1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1],
        5);

    /// <summary>What it counts, for errors.</summary>
    public string Name { get; }

    /// <summary>The largest accuracy of its tables.</summary>
    public int LargestLog { get; }

    /// <summary>The least value of each code.</summary>
    public ReadOnlySpan<uint> Baselines => baselines;

    /// <summary>How many bits to add to it.</summary>
    public ReadOnlySpan<byte> ExtraBits => extraBits;

    /// <summary>The table that a block may use without describing one. Not to be changed.</summary>
    public SequenceTable Predefined { get; }
}
