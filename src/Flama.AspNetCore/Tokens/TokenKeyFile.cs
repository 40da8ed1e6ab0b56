using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Flama.Hosting.Reloading;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace Flama.AspNetCore.Tokens;

/// <summary>The public keys of an issuer in a file, which is looked at again when a token is checked and a while has passed. Thread-safe.</summary>
internal sealed class TokenKeyFile
{
    private const int MaxBytes = 1 << 20;
    private const string Dashes = "-----";

    private readonly string path;
    private readonly ILogger<TokenKeyFile> logger;
    private readonly FileLook look;
    private IReadOnlyList<SecurityKey> keys;
    private ErrorCode? fault;

    /// <summary>Reads the file.</summary>
    /// <exception cref="FlamaException">The file cannot be read, or has no keys.</exception>
    public TokenKeyFile(string path, ILogger<TokenKeyFile> logger)
    {
        this.path = path;
        this.logger = logger;
        look = new FileLook(path);
        keys = Read(path);
    }

    /// <summary>The keys that may have signed a token: the one it names, or all where it names none.</summary>
    public IEnumerable<SecurityKey> Find(string? id)
    {
        Look();
        var known = Volatile.Read(ref keys);
        return string.IsNullOrEmpty(id) ? known : known.Where(key => key.KeyId is null or "" || string.Equals(key.KeyId, id, StringComparison.Ordinal));
    }

    /// <summary>Whether a document is a key set.</summary>
    public static bool IsKeySet(string document)
    {
        using var json = JsonDocument.Parse(document);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("keys"u8, out _);
    }

    /// <summary>Reads the keys of a key set, or those in PEM.</summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static IReadOnlyList<SecurityKey> Parse(string text)
    {
        List<SecurityKey> found = text.Contains(Dashes, StringComparison.Ordinal) ? ParsePem(text) : [.. new JsonWebKeySet(text).GetSigningKeys()];
        return found.Count > 0 ? found : throw new ArgumentException("There is no key for signatures.", nameof(text));
    }

    private static List<SecurityKey> ParsePem(string text)
    {
        List<SecurityKey> found = [];
        ReadOnlySpan<char> rest = text;
        while (PemEncoding.TryFind(rest, out var fields))
        {
            var pem = rest[fields.Location];
            found.Add(rest[fields.Label] switch
            {
                "CERTIFICATE" => new X509SecurityKey(X509Certificate2.CreateFromPem(pem)) { KeyId = "" },
                "PUBLIC KEY" or "RSA PUBLIC KEY" => ParsePublicKey(pem),
                var label => throw new ArgumentException($"'{label}' is not a public key.", nameof(text)),
            });
            rest = rest[fields.Location.End..];
        }

        return found;
    }

    private static SecurityKey ParsePublicKey(ReadOnlySpan<char> pem)
    {
        var rsa = RSA.Create();
        try
        {
            rsa.ImportFromPem(pem);
            return new RsaSecurityKey(rsa);
        }
        catch (Exception failure) when (failure is CryptographicException or ArgumentException)
        {
            rsa.Dispose();
            var curve = ECDsa.Create();
            curve.ImportFromPem(pem);
            return new ECDsaSecurityKey(curve);
        }
    }

    /// <summary>Why the file cannot be read, after a look at it where one is due; null where it can.</summary>
    public ErrorCode? FindFault()
    {
        Look();
        return Volatile.Read(ref fault);
    }

    private void Look()
    {
        if (!look.HasChanged())
        {
            return;
        }

        try
        {
            Volatile.Write(ref keys, Read(path));
            Volatile.Write(ref fault, null);
        }
        catch (FlamaException failure)
        {
            Volatile.Write(ref fault, failure.Code);
            Log.TokenKeysUnreadable(logger, failure.Message);
        }
    }

    private static IReadOnlyList<SecurityKey> Read(string path)
    {
        try
        {
            return new FileInfo(path).Length <= MaxBytes
                ? Parse(File.ReadAllText(path))
                : throw new ArgumentException($"It is longer than {MaxBytes} bytes.");
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FlamaException(ErrorCodes.FileNotFound, $"There is no file '{path}' with the keys of tokens.", "Save the issuer's key set (jwks.json) or public key (PEM) there.", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new FlamaException(ErrorCodes.FileUnreadable, $"The file '{path}' with the keys of tokens cannot be read.", "Check its permissions.", failure);
        }
        catch (Exception failure) when (failure is ArgumentException or CryptographicException or JsonException)
        {
            throw new FlamaException(ErrorCodes.Corrupt, $"'{path}' has no keys of tokens: {SafeText.OneLine(failure.Message, 200)}", "Save the issuer's key set (jwks.json) or public key (PEM) there.", failure);
        }
    }
}
