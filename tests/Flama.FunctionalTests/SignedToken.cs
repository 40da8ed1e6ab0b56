using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Flama.FunctionalTests;

/// <summary>Tokens (JWT) of an issuer of its own, signed by hand.</summary>
internal sealed class SignedToken : IDisposable
{
    public const string Issuer = "https://issuer.example", Audience = "flama";

    private readonly RSA key = RSA.Create(2048);

    /// <summary>The key set of the issuer.</summary>
    public string KeySet
    {
        get
        {
            var numbers = key.ExportParameters(includePrivateParameters: false);
            return $$"""{"keys":[{"kty":"RSA","use":"sig","alg":"RS256","kid":"k1","n":"{{Base64Url.EncodeToString(numbers.Modulus)}}","e":"{{Base64Url.EncodeToString(numbers.Exponent)}}"}]}""";
        }
    }

    /// <summary>The key of the issuer in PEM.</summary>
    public string Pem => key.ExportSubjectPublicKeyInfoPem();

    /// <summary>Makes a token.</summary>
    /// <param name="claims">Claims beside issuer, audience, subject and time, or instead of them; null takes one away.</param>
    public string Make(params (string Name, JsonNode? Value)[] claims) => Make("""{"alg":"RS256","typ":"JWT","kid":"k1"}""", data => key.SignData(data, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1), claims);

    /// <summary>Makes a token whose signature is a MAC with a public text as its key.</summary>
    public static string MakeWithMac(string secret) => Make("""{"alg":"HS256","typ":"JWT","kid":"k1"}""", data => HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), data));

    /// <summary>Makes a token without a signature.</summary>
    public static string MakeUnsigned() => Make("""{"alg":"none","typ":"JWT"}""", _ => []);

    public void Dispose() => key.Dispose();

    private static string Make(string header, Func<byte[], byte[]> sign, params (string Name, JsonNode? Value)[] claims)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        JsonObject payload = new() { ["iss"] = Issuer, ["aud"] = Audience, ["sub"] = "someone", ["nbf"] = now - 10, ["exp"] = now + 3600, ["scope"] = "predict" };
        foreach (var (name, value) in claims)
        {
            payload.Remove(name);
            if (value is not null)
            {
                payload[name] = value;
            }
        }

        var text = $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(payload))}";
        return $"{text}.{Base64Url.EncodeToString(sign(Encoding.ASCII.GetBytes(text)))}";
    }
}
