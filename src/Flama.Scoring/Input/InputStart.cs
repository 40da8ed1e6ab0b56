namespace Flama.Scoring.Input;

/// <summary>An input whose first bytes are known.</summary>
/// <param name="prefix">Begins with those bytes.</param>
/// <param name="length">How many they are.</param>
/// <param name="whole">All bytes, those included.</param>
internal sealed class InputStart(byte[] prefix, int length, Stream whole)
{
    /// <summary>The first bytes: 16, or as many as there are.</summary>
    public ReadOnlySpan<byte> Prefix => prefix.AsSpan(0, length);

    /// <summary>All bytes, from the first on.</summary>
    public Stream Whole => whole;
}
