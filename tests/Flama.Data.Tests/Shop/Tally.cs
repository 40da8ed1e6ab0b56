namespace Flama.Data.Tests.Shop;

/// <summary>What many write at once: with a version, and without.</summary>
public sealed class Tally
{
    public int Id { get; set; }

    public int Count { get; set; }

    public int Other { get; set; }

    public int Version { get; set; }
}
