namespace Flama.Data.Tests.Shop;

/// <summary>A record with a key that clients give, made by its constructor.</summary>
public sealed record Label(string Id, string Text, List<string> Words)
{
    public string? Note { get; init; }
}
