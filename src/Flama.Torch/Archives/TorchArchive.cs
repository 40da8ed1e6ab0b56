using System.IO.Compression;
using System.Text;

namespace Flama.Torch.Archives;

/// <summary>The files of an archive of torch, by their path below its root, each expanded within limits.</summary>
internal sealed class TorchArchive : IDisposable
{
    private const int MaxEntries = 200_000;
    private const int ChunkSize = 64 << 10;
    private const long FreeBytes = 64L << 20;
    private const long MaxRatio = 20;

    private readonly ZipArchive zip;
    private readonly Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.Ordinal);
    private long allowed;

    private TorchArchive(ZipArchive zip, long length)
    {
        this.zip = zip;
        allowed = FreeBytes + (MaxRatio * length);
        var root = RootOf(zip);
        foreach (var entry in zip.Entries)
        {
            if (entry.FullName.StartsWith(root, StringComparison.Ordinal))
            {
                entries.TryAdd(entry.FullName[root.Length..], entry);
            }
        }
    }

    /// <summary>The paths of the files.</summary>
    public IEnumerable<string> Paths => entries.Keys;

    /// <summary>Opens an archive.</summary>
    /// <exception cref="FlamaException">It is damaged.</exception>
    public static TorchArchive Open(Stream stream)
    {
        var opened = OpenZip(stream, out var count);
        try
        {
            return count <= MaxEntries ? new(opened, stream.Length) : throw TorchErrors.Limit($"it has {count} files");
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Takes room for bytes that a tensor of the file becomes.</summary>
    /// <exception cref="FlamaException">It is more than a file of this size may become.</exception>
    public void Charge(long bytes)
    {
        if (bytes < 0 || (allowed -= bytes) < 0)
        {
            throw TorchErrors.Limit("its tensors and files expand to too much");
        }
    }

    public bool Has(string path) => entries.ContainsKey(path);

    /// <summary>The content of a file; null where there is none of that path.</summary>
    public byte[]? Find(string path) => entries.TryGetValue(path, out var entry) ? Read(entry) : null;

    /// <summary>The content of a file.</summary>
    /// <exception cref="FlamaException">There is no such file, it is damaged, or it expands beyond the limits.</exception>
    public byte[] Read(string path) => Find(path) ?? throw TorchErrors.Corrupt($"it has no '{SafeText.OneLine(path, 100)}'");

    /// <inheritdoc/>
    public void Dispose() => zip.Dispose();

    private static ZipArchive OpenZip(Stream stream, out int count)
    {
        try
        {
            ZipArchive opened = new(stream, ZipArchiveMode.Read, leaveOpen: false, Encoding.UTF8);
            count = opened.Entries.Count;
            return opened;
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            stream.Dispose();
            throw TorchErrors.Corrupt("its zip archive cannot be read", exception);
        }
    }

    private byte[] Read(ZipArchiveEntry entry)
    {
        if (entry.Length > allowed || entry.Length > Array.MaxLength)
        {
            throw TorchErrors.Limit($"'{SafeText.OneLine(entry.FullName, 100)}' has {entry.Length} bytes");
        }

        using var stream = Guarded(entry, entry.Open);
        using var content = new MemoryStream((int)Math.Min(entry.Length, entry.CompressedLength * 4));
        var chunk = new byte[ChunkSize];
        for (int read; (read = Guarded(entry, () => stream.Read(chunk))) > 0;)
        {
            Charge(read);
            content.Write(chunk, 0, read);
        }

        return content.Length == content.Capacity ? content.GetBuffer() : content.ToArray();
    }

    private static T Guarded<T>(ZipArchiveEntry entry, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception exception) when (IsDamage(exception))
        {
            throw TorchErrors.Corrupt($"'{SafeText.OneLine(entry.FullName, 100)}' cannot be read", exception);
        }
    }

    // What the zip reader throws at damage.
    private static bool IsDamage(Exception exception) => exception is InvalidDataException or IOException or NotSupportedException;

    // The first component of the paths, where all have the same: its name is whatever the file was called when it was saved.
    private static string RootOf(ZipArchive zip)
    {
        string? root = null;
        foreach (var entry in zip.Entries)
        {
            var slash = entry.FullName.IndexOf('/', StringComparison.Ordinal);
            var first = slash < 0 ? "" : entry.FullName[..(slash + 1)];
            if (first.Length == 0 || (root is not null && !string.Equals(root, first, StringComparison.Ordinal)))
            {
                return "";
            }

            root = first;
        }

        return root ?? "";
    }
}
