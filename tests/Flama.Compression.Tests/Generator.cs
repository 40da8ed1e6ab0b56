namespace Flama.Compression.Tests;

/// <summary>A linear congruential generator, the same on every machine and in every language.</summary>
internal sealed class Generator(ulong seed)
{
    private ulong state = seed;

    /// <summary>A number from 0 to below a bound.</summary>
    public int Next(int bound)
    {
        state = (state * 6364136223846793005) + 1442695040888963407;
        return (int)((state >> 33) % (ulong)bound);
    }
}
