namespace Flama.Keras;

/// <summary>How many bytes may be made of a model's files: what is decompressed, and the graph's constants. A small file that says one thing many times does not become gigabytes. Not thread-safe.</summary>
internal sealed class MemoryBudget
{
    // What any model may take, and how many times what its files have: weights of 16 bits in gzip become this much larger.
    private const long Free = 256L << 20;
    private const long MostTimes = 32;

    private long stored;
    private long taken;

    /// <summary>Begins with the model's own file.</summary>
    public MemoryBudget(long length) => stored = length;

    private long Most => stored > (long.MaxValue - Free) / MostTimes ? long.MaxValue : Free + (MostTimes * stored);

    /// <summary>Counts another file of the model.</summary>
    public void AddFile(long length) => stored += length;

    /// <summary>Takes bytes, before they are made.</summary>
    /// <exception cref="FlamaException">There are not as many left.</exception>
    public void Take(long bytes)
    {
        if (bytes < 0 || bytes > Most - taken)
        {
            throw KerasErrors.TooLarge($"its files have {stored} bytes, and more than {Most >> 20} MB would be made of them");
        }

        taken += bytes;
    }
}
