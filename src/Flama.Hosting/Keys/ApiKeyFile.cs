using System.Text.Json;
using Flama.Packaging;

namespace Flama.Hosting.Keys;

/// <summary>The file of keys, a JSON document: <c>flama key</c> and programs change it, servers read it again when it has changed.</summary>
/// <remarks>Changes replace the file in one step; two at the same time are not joined.</remarks>
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
            throw new FlamaException(ErrorCodes.FileNotFound, $"There is no file of keys '{path}'.", "Make a key: flama key add NAME", failure);
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
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(scopes);
        if (scopes.Count == 0 || scopes.FirstOrDefault(scope => !ApiKeyScopes.All.Contains(scope, StringComparer.Ordinal)) is not null)
        {
            throw new FlamaException(
                ErrorCodes.InvalidOption, $"The scopes are '{string.Join(',', scopes)}', expected one or more of {string.Join(", ", ApiKeyScopes.All)}.");
        }

        var exists = File.Exists(path);
        List<ApiKey> keys = exists ? [.. Read(path)] : [];
        if (keys.Exists(key => string.Equals(key.Name, name, StringComparison.Ordinal)))
        {
            throw new FlamaException(ErrorCodes.InvalidOption, $"'{path}' has a key '{name}' already.", "Remove it first, or choose another name.");
        }

        var (text, kept) = ApiKeyText.Make(name, [.. scopes.Distinct(StringComparer.Ordinal)], models ?? [], TimeProvider.System.GetUtcNow());
        keys.Add(kept);
        Write(path, keys);
        if (!exists && !OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return text;
    }

    /// <summary>Removes a key by the name of its holder.</summary>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="FlamaException">The file cannot be read or written.</exception>
    public static bool Remove(string path, string name)
    {
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
        Salt = key.GetProperty("salt"u8).GetBytesFromBase64(),
        Hash = key.GetProperty("hash"u8).GetBytesFromBase64(),
    };

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(item => item.GetString()!)];

    private static void Write(string path, List<ApiKey> keys)
    {
        using var file = AtomicFile.Create(path);
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
                json.WriteBase64String("salt"u8, key.Salt);
                json.WriteBase64String("hash"u8, key.Hash);
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

    private static FlamaException NotKeys(string path, string why, Exception? failure) =>
        new(ErrorCodes.Corrupt, $"'{path}' is not a file of keys: {why}.", "Make one: flama key add NAME", failure);
}
