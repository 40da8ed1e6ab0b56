using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Flama.Hosting.Sources;

namespace Flama.GoogleStorage;

/// <summary>What a file of credentials holds: the key of a service account, or what a user's login left.</summary>
internal sealed class GoogleCredentials
{
    private const string Scope = "https://www.googleapis.com/auth/devstorage.read_only", DefaultTokenUri = "https://oauth2.googleapis.com/token";

    private static readonly TimeSpan Validity = TimeSpan.FromHours(1);

    private readonly Uri target;
    private readonly Func<KeyValuePair<string, string>[]> form;

    private GoogleCredentials(Uri target, Func<KeyValuePair<string, string>[]> form) => (this.target, this.form) = (target, form);

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="location">What it is needed for.</param>
    /// <exception cref="FlamaException">It cannot be read, or its kind is another (<see cref="ErrorCodes.SourceUnavailable"/>).</exception>
    public static GoogleCredentials Read(string path, Uri location)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            var root = document.RootElement;
            var kind = Text(root, "type");
            Uri audience = new(root.TryGetProperty("token_uri", out var address) ? address.GetString()! : DefaultTokenUri);
            switch (kind)
            {
                case "service_account":
                    var (user, id, key) = (Text(root, "client_email"), root.TryGetProperty("private_key_id", out var named) ? named.GetString() : null, Text(root, "private_key"));
                    using (var check = RSA.Create())
                    {
                        check.ImportFromPem(key);
                    }

                    return new(audience, () => [new("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer"), new("assertion", Sign(user, id, key, audience))]);
                case "authorized_user":
                    var (client, secret, refresh) = (Text(root, "client_id"), Text(root, "client_secret"), Text(root, "refresh_token"));
                    return new(audience, () => [new("grant_type", "refresh_token"), new("client_id", client), new("client_secret", secret), new("refresh_token", refresh)]);
                default:
                    throw SourceFailure.Unavailable(location, $"credentials of the kind '{SafeText.OneLine(kind, 40)}' are not taken", "Use the key of a service account, a login of gcloud, or the machine's account.");
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException
            or ArgumentException or CryptographicException or UriFormatException)
        {
            // The exception may quote the key.
            throw SourceFailure.Unavailable(location, "the file of credentials cannot be read", "Check GOOGLE_APPLICATION_CREDENTIALS, or the option.");
        }
    }

    /// <summary>The request for a token.</summary>
    public HttpRequestMessage Ask() => new(HttpMethod.Post, target) { Content = new FormUrlEncodedContent(form()) };

    private static string Text(JsonElement root, string name) => root.GetProperty(name).GetString() ?? throw new KeyNotFoundException(name);

    // RFC 7523, as Google takes it.
    private static string Sign(string user, string? id, string key, Uri audience)
    {
        var now = DateTimeOffset.UtcNow;
        var head = Encode(json =>
        {
            json.WriteString("alg"u8, "RS256"u8);
            json.WriteString("typ"u8, "JWT"u8);
            if (id is not null)
            {
                json.WriteString("kid"u8, id);
            }
        });
        var claims = Encode(json =>
        {
            json.WriteString("iss"u8, user);
            json.WriteString("scope"u8, Scope);
            json.WriteString("aud"u8, audience.AbsoluteUri);
            json.WriteNumber("iat"u8, now.ToUnixTimeSeconds());
            json.WriteNumber("exp"u8, (now + Validity).ToUnixTimeSeconds());
        });
        using var rsa = RSA.Create();
        rsa.ImportFromPem(key);
        var signed = $"{head}.{claims}";
        return $"{signed}.{Base64Url.EncodeToString(rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Encode(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> output = new();
        using (Utf8JsonWriter json = new(output))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        return Base64Url.EncodeToString(output.WrittenSpan);
    }
}
