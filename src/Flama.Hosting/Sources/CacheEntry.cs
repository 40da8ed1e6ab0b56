using System.Buffers;
using System.Text.Json;
using Flama.Packaging;

namespace Flama.Hosting.Sources;

/// <summary>The directory of one file in the cache: the file, what is known of it, and a part of its next version.</summary>
internal sealed class CacheEntry(string directory, string name)
{
    /// <summary>The names of the record and of the part.</summary>
    public const string Record = "entry.json", Part = "part";

    private const string PartRecord = "part.json";

    /// <summary>The file.</summary>
    public string Path { get; } = System.IO.Path.Combine(directory, name);

    /// <summary>Where its next version is put together.</summary>
    public string PartPath { get; } = System.IO.Path.Combine(directory, Part);

    /// <summary>What is known of the file; null when it is not there or not the one that was written.</summary>
    public CacheRecord? Read() => ReadRecord(Record) is { } record && File.Exists(Path) && new FileInfo(Path).Length == record.Length ? record : null;

    /// <summary>What is known of the part; null for nothing.</summary>
    public CacheRecord? ReadPart() => ReadRecord(PartRecord);

    /// <summary>Makes the directory, for this user only.</summary>
    public void Create() => Create(directory);

    /// <summary>Makes a directory of the cache, for this user only.</summary>
    public static void Create(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>Notes of which version the part is.</summary>
    public void WritePart(CacheRecord record) => Write(PartRecord, record);

    /// <summary>Puts the part, which is complete and on the disk, in the file's place.</summary>
    public void Commit(CacheRecord record)
    {
        // A crash between the two leaves a file with an older record: it is asked for again.
        File.Move(PartPath, Path, overwrite: true);
        Write(Record, record);
        File.Delete(System.IO.Path.Combine(directory, PartRecord));
    }

    /// <summary>Notes that the file is still the one, and forgets the part.</summary>
    public void Confirm(CacheRecord record)
    {
        Discard();
        Write(Record, record);
    }

    /// <summary>Forgets the part.</summary>
    public void Discard()
    {
        File.Delete(System.IO.Path.Combine(directory, PartRecord));
        File.Delete(PartPath);
    }

    /// <summary>Forgets the part, where the directory lets it.</summary>
    public void TryDiscard()
    {
        try
        {
            Discard();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Then the next download finds it, and begins anew or goes on.
        }
    }

    private CacheRecord? ReadRecord(string file)
    {
        try
        {
            using var document = JsonDocument.Parse(File.ReadAllBytes(System.IO.Path.Combine(directory, file)));
            var root = document.RootElement;
            return new(
                root.GetProperty("version").GetString(),
                root.GetProperty("length").GetInt64(),
                root.GetProperty("sha256").GetString() ?? "");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            return null;
        }
    }

    private void Write(string file, CacheRecord record)
    {
        ArrayBufferWriter<byte> output = new();
        using (Utf8JsonWriter json = new(output))
        {
            json.WriteStartObject();
            json.WriteString("version"u8, record.Version);
            json.WriteNumber("length"u8, record.Length);
            json.WriteString("sha256"u8, record.Sha256);
            json.WriteEndObject();
        }

        using var target = AtomicFile.Create(System.IO.Path.Combine(directory, file));
        target.Stream.Write(output.WrittenSpan);
        target.Commit();
    }
}
