using System.Security.Cryptography;
using System.Text;

namespace Flama.Hosting.Keys;

/// <summary>The text of a key: <c>flama_{id}_{secret}</c>.</summary>
internal static class ApiKeyText
{
    private const string Prefix = "flama_";
    private const int IdBytes = 6, SecretBytes = 32, SaltBytes = 16;
    private const int IdLength = 2 * IdBytes;
    private const int Length = 6 + IdLength + 1 + (2 * SecretBytes);

    /// <summary>What takes the part of a key that is not there, so that both take the same time.</summary>
    private static readonly ApiKey Nobody = new("", "", [], [], default) { Salt = new byte[SaltBytes], Hash = new byte[SHA256.HashSizeInBytes] };

    /// <summary>Makes a key.</summary>
    /// <returns>The text for its holder, and what is kept of it.</returns>
    public static (string Text, ApiKey Kept) Make(string name, IReadOnlyList<string> scopes, IReadOnlyList<string> models, DateTimeOffset now)
    {
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        var text = $"{Prefix}{id}_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes))}";
        var salt = RandomNumberGenerator.GetBytes(SaltBytes);
        return (text, new(id, name, scopes, models, now) { Salt = salt, Hash = SHA256.HashData([.. salt, .. Encoding.ASCII.GetBytes(text)]) });
    }

    /// <summary>Makes what is kept of a certificate that stands for a key.</summary>
    public static ApiKey Make(string name, IReadOnlyList<string> scopes, IReadOnlyList<string> models, ReadOnlySpan<byte> certificate, DateTimeOffset now)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(certificate));
        return new(hash[..IdLength], name, scopes, models, now) { Certificate = hash };
    }

    /// <summary>Finds the key that a text is; the comparison takes the same time for every text of a key's form.</summary>
    public static ApiKey? Find(IReadOnlyDictionary<string, ApiKey> keys, string text)
    {
        if (text.Length != Length || !text.StartsWith(Prefix, StringComparison.Ordinal) || !Ascii.IsValid(text))
        {
            return null;
        }

        var isKnown = keys.TryGetValue(text.Substring(Prefix.Length, IdLength), out var found) && found.Certificate is null;
        var key = isKnown ? found! : Nobody;
        Span<byte> salted = stackalloc byte[SaltBytes + Length];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        key.Salt.CopyTo(salted);
        Encoding.ASCII.GetBytes(text, salted[SaltBytes..]);
        SHA256.HashData(salted, hash);
        return CryptographicOperations.FixedTimeEquals(hash, key.Hash) & isKnown ? key : null;
    }

    /// <summary>Finds the key that a certificate stands for.</summary>
    public static ApiKey? Find(IReadOnlyDictionary<string, ApiKey> keys, ReadOnlySpan<byte> certificate)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(certificate));
        return keys.TryGetValue(hash[..IdLength], out var key) && string.Equals(key.Certificate, hash, StringComparison.OrdinalIgnoreCase) ? key : null;
    }

    /// <summary>Whether salt and hash have their lengths.</summary>
    public static bool IsComplete(ApiKey key) => key.Certificate is { } certificate
        ? certificate.Length == 2 * SHA256.HashSizeInBytes && key.Id.Length == IdLength
        : key.Salt.Length == SaltBytes && key.Hash.Length == SHA256.HashSizeInBytes && key.Id.Length == IdLength;
}
