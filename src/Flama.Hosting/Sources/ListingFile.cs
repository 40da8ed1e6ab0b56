using System.Buffers;
using System.Text.Json;
using Flama.Packaging;

namespace Flama.Hosting.Sources;

/// <summary>The last listing of a prefix, kept in the cache: for a start while the store cannot be reached. Not thread-safe.</summary>
internal sealed class ListingFile(string directory)
{
    private const string FileName = "listing.json";

    private readonly string path = Path.Combine(directory, FileName);
    private IReadOnlyList<StoredObject> written = [];

    /// <summary>Reads it.</summary>
    /// <returns>Null when there is none that can be read.</returns>
    public IReadOnlyList<StoredObject>? Read()
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(path));
            return
            [
                .. document.RootElement.EnumerateArray().Select(one => new StoredObject(
                    new Uri(one.GetProperty("location").GetString()!), one.GetProperty("version").GetString()!, one.GetProperty("length").GetInt64())),
            ];
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Writes it, unless it is the same as the last time; a cache that cannot be written goes without.</summary>
    public void Write(IReadOnlyList<StoredObject> objects)
    {
        if (objects.SequenceEqual(written))
        {
            return;
        }

        ArrayBufferWriter<byte> output = new();
        using (Utf8JsonWriter json = new(output))
        {
            json.WriteStartArray();
            foreach (var one in objects)
            {
                json.WriteStartObject();
                json.WriteString("location"u8, one.Location.AbsoluteUri);
                json.WriteString("version"u8, one.Version);
                json.WriteNumber("length"u8, one.Length);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        try
        {
            CacheEntry.Create(directory);
            using var file = AtomicFile.Create(path);
            file.Stream.Write(output.WrittenSpan);
            file.Commit();
            written = objects;
        }
        catch (Exception failure) when (failure is FlamaException or IOException or UnauthorizedAccessException)
        {
            // It is for bad days only.
        }
    }
}
