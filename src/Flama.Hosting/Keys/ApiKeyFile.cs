using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Flama.Packaging;

namespace Flama.Hosting.Keys;

/// <summary>The file of keys, a JSON document: <c>flama key</c> and programs change it, servers read it again when it has changed.</summary>
/// <remarks>Changes replace the file in one step. Those of several processes and threads at the same time follow one another; the empty file <c>FILE.lock</c> beside it sees to that.</remarks>
public static class ApiKeyFile
{
    private const int MaxBytes = 4 << 20;

    private static readonly JsonWriterOptions Layout = new() { Indented = true, NewLine = "\n" };

    /// <summary>Reads the keys.</summary>
    /// <exception cref="FlamaException">
    /// There is no such file (<see cref="ErrorCodes.FileNotFound"/>), it cannot be read (<see cref="ErrorCodes.FileUnreadable"/>), or is not a file of keys
    /// (<see cref="ErrorCodes.Corrupt"/>).
    /// </exception>
    public static IReadOnlyList<ApiKey> Read(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (file.Length > MaxBytes)
            {
                throw NotKeys(path, $"it is longer than {MaxBytes} bytes", null);
            }

            using var document = JsonDocument.Parse(file);
            List<ApiKey> keys = [.. document.RootElement.GetProperty("keys"u8).EnumerateArray().Select(Read)];
            return keys.TrueForAll(ApiKeyText.IsComplete) ? keys : throw NotKeys(path, "a key is not complete", null);
        }
        catch (Exception failure) when (failure is FileNotFoundException or DirectoryNotFoundException)
        {
            throw Missing(path, failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new FlamaException(ErrorCodes.FileUnreadable, $"The file of keys '{path}' cannot be read.", "Check its permissions.", failure);
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw NotKeys(path, "it is not what flama key writes", failure);
        }
    }

    /// <summary>Makes a key and adds it to the file, which is made where there is none; then only its owner may read it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="name">The name of the holder.</param>
    /// <param name="scopes">What it allows, of <see cref="ApiKeyScopes"/>.</param>
    /// <param name="models">The models that it allows this for; null or empty for all.</param>
    /// <returns>The key, which can be told only now.</returns>
    /// <exception cref="FlamaException">The name is taken or a scope is not known (<see cref="ErrorCodes.InvalidOption"/>), or the file cannot be read or written.</exception>
    public static string Add(string path, string name, IReadOnlyList<string> scopes, IReadOnlyList<string>? models = null)
    {
        string? text = null;
        Add(path, name, scopes, (chosen, now) =>
        {
            (text, var kept) = ApiKeyText.Make(name, chosen, models ?? [], now);
            return kept;
        });
        return text!;
    }

    /// <summary>Adds a client certificate that stands for a key: whoever has its private key is the holder.</summary>
    /// <param name="path">The file, which is made where there is none; then only its owner may read it.</param>
    /// <param name="name">The name of the holder.</param>
    /// <param name="certificate">The certificate.</param>
    /// <param name="scopes">What it allows, of <see cref="ApiKeyScopes"/>.</param>
    /// <param name="models">The models that it allows this for; null or empty for all.</param>
    /// <returns>What is kept.</returns>
    /// <exception cref="FlamaException">The name or the certificate is taken or a scope is not known (<see cref="ErrorCodes.InvalidOption"/>), or the file cannot be read or written.</exception>
    public static ApiKey AddCertificate(string path, string name, X509Certificate2 certificate, IReadOnlyList<string> scopes, IReadOnlyList<string>? models = null)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return Add(path, name, scopes, (chosen, now) => ApiKeyText.Make(name, chosen, models ?? [], certificate.RawDataMemory.Span, now));
    }

    private static ApiKey Add(string path, string name, IReadOnlyList<string> scopes, Func<IReadOnlyList<string>, DateTimeOffset, ApiKey> make)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(scopes);
        if (scopes.Count == 0 || scopes.FirstOrDefault(scope => !ApiKeyScopes.All.Contains(scope, StringComparer.Ordinal)) is not null)
        {
            throw new FlamaException(
                ErrorCodes.InvalidOption, $"The scopes are '{string.Join(',', scopes)}', expected one or more of {string.Join(", ", ApiKeyScopes.All)}.");
        }

        using var changing = KeyFileLock.Take(path);
        List<ApiKey> keys = File.Exists(path) ? [.. Read(path)] : [];
        var made = make([.. scopes.Distinct(StringComparer.Ordinal)], TimeProvider.System.GetUtcNow());
        if (keys.Find(key => string.Equals(key.Name, name, StringComparison.Ordinal) || string.Equals(key.Id, made.Id, StringComparison.Ordinal)) is { } taken)
        {
            throw new FlamaException(ErrorCodes.InvalidOption, $"'{path}' has a key '{SafeText.OneLine(taken.Name)}' already.", "Remove it first, or choose another name.");
        }

        keys.Add(made);
        Write(path, keys);
        return made;
    }

    /// <summary>Removes a key by the name of its holder.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="FlamaException">The file cannot be read or written.</exception>
    public static bool Remove(string path, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw Missing(path, null);
        }

        using var changing = KeyFileLock.Take(path);
        List<ApiKey> keys = [.. Read(path)];
        if (keys.RemoveAll(key => string.Equals(key.Name, name, StringComparison.Ordinal)) == 0)
        {
            return false;
        }

        Write(path, keys);
        return true;
    }

    private static ApiKey Read(JsonElement key) => new(
        key.GetProperty("id"u8).GetString()!,
        key.GetProperty("name"u8).GetString()!,
        Texts(key.GetProperty("scopes"u8)),
        key.TryGetProperty("models"u8, out var models) ? Texts(models) : [],
        key.GetProperty("created"u8).GetDateTimeOffset())
    {
        Certificate = key.TryGetProperty("certificate"u8, out var certificate) ? certificate.GetString() : null,
        Salt = key.TryGetProperty("salt"u8, out var salt) ? salt.GetBytesFromBase64() : [],
        Hash = key.TryGetProperty("hash"u8, out var hash) ? hash.GetBytesFromBase64() : [],
    };

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetString()!)];

    private static void Write(string path, List<ApiKey> keys)
    {
        using var file = AtomicFile.Create(path, isPrivate: true);
        using (Utf8JsonWriter json = new(file.Stream, Layout))
        {
            json.WriteStartObject();
            json.WriteStartArray("keys"u8);
            foreach (var key in keys)
            {
                json.WriteStartObject();
                json.WriteString("id"u8, key.Id);
                json.WriteString("name"u8, key.Name);
                Write(json, "scopes", key.Scopes);
                Write(json, "models", key.Models);
                json.WriteString("created"u8, key.Created);
                if (key.Certificate is { } certificate)
                {
                    json.WriteString("certificate"u8, certificate);
                }
                else
                {
                    json.WriteBase64String("salt"u8, key.Salt);
                    json.WriteBase64String("hash"u8, key.Hash);
                }
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        file.Stream.Write("\n"u8);
        file.Commit();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static FlamaException Missing(string path, Exception? failure) =>
        new(ErrorCodes.FileNotFound, $"There is no file of keys '{path}'.", "Make a key: flama key add NAME", failure);

    private static FlamaException NotKeys(string path, string why, Exception? failure) =>
        new(ErrorCodes.Corrupt, $"'{path}' is not a file of keys: {why}.", "Put a copy from before in its place, or move it away and make keys anew: flama key add NAME", failure);
}
