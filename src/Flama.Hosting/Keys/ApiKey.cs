namespace Flama.Hosting.Keys;

/// <summary>A key as the file has it: what it allows, and a salted hash; the key itself is nowhere but with its holder. Immutable.</summary>
/// <param name="Id">The part of the key by which it is found, 12 hexadecimal digits.</param>
/// <param name="Name">The name of its holder.</param>
/// <param name="Scopes">What it allows, of <see cref="ApiKeyScopes"/>.</param>
/// <param name="Models">The names of the models that it allows this for; empty for all, and for what belongs to no model.</param>
/// <param name="Created">When it was made.</param>
public sealed record ApiKey(string Id, string Name, IReadOnlyList<string> Scopes, IReadOnlyList<string> Models, DateTimeOffset Created)
{
    /// <summary>SHA-256 of the client certificate that stands for the key, hexadecimal; null for a key that is a text.</summary>
    public string? Certificate { get; init; }

    /// <summary>Random bytes in front of the key.</summary>
    internal byte[] Salt { get; init; } = [];

    /// <summary>SHA-256 of salt and key. A key has 256 random bits, so that there is nothing to slow down guesses for.</summary>
    internal byte[] Hash { get; init; } = [];
}
