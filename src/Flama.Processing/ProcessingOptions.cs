namespace Flama.Processing;

/// <summary>How much images and texts may ask for. Immutable.</summary>
public sealed record ProcessingOptions
{
    private readonly long maxImagePixels = 1L << 25;
    private readonly int maxTextLength = 1_000_000;

    /// <summary>The defaults.</summary>
    public static ProcessingOptions Default { get; } = new();

    /// <summary>
    /// The most pixels of an image, width times height, 1 or more: looked at before it is decoded, and again before it is made larger. A pixel takes about 9 bytes while it is decoded. Default
    /// 33 554 432 (32 Mi), at most 2³⁰ / 4.
    /// </summary>
    public long MaxImagePixels
    {
        get => maxImagePixels;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            ArgumentOutOfRangeException.ThrowIfGreaterThan(value, 1L << 28);
            maxImagePixels = value;
        }
    }

    /// <summary>The most characters of a text, 1 or more; more are refused even where texts are cut. Default 1 000 000.</summary>
    public int MaxTextLength
    {
        get => maxTextLength;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            maxTextLength = value;
        }
    }
}
