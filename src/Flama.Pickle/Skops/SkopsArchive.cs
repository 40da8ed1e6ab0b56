using System.IO.Compression;
using System.Runtime.InteropServices;

namespace Flama.Pickle.Skops;

/// <summary>The files of an archive, each expanded within the limits.</summary>
internal sealed class SkopsArchive : IDisposable
{
    private const int ChunkSize = 64 << 10;
    private const int MaxEntries = 200_000;

    private readonly ZipArchive zip;
    private readonly PickleBudget budget;
    private readonly Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.Ordinal);

    private SkopsArchive(ZipArchive zip, PickleBudget budget)
    {
        this.zip = zip;
        this.budget = budget;
        foreach (var entry in zip.Entries)
        {
            entries.TryAdd(entry.FullName, entry);
        }
    }

    /// <summary>Opens an archive.</summary>
    public static SkopsArchive Open(ReadOnlyMemory<byte> file, PickleLimits limits, PickleBudget budget)
    {
        ArgumentNullException.ThrowIfNull(limits);
        var stream = MemoryMarshal.TryGetArray(file, out var segment)
            ? new MemoryStream(segment.Array!, segment.Offset, segment.Count, writable: false)
            : new MemoryStream(file.ToArray(), writable: false);
        try
        {
            var opened = new ZipArchive(stream, ZipArchiveMode.Read);
            return opened.Entries.Count <= MaxEntries
                ? new(opened, budget)
                : throw new PickleException(PickleErrorCode.LimitExceeded, $"The archive has {opened.Entries.Count} files; {MaxEntries} are allowed.");
        }
        catch (InvalidDataException exception)
        {
            throw Damaged(exception);
        }
    }

    /// <summary>The content of a file.</summary>
    /// <exception cref="PickleException">There is no such file, it is damaged, or it expands beyond the limits.</exception>
    public byte[] Read(string name)
    {
        if (!entries.TryGetValue(name, out var entry))
        {
            throw new PickleException(PickleErrorCode.Corrupt, $"The archive has no file '{ValueDescription.Safe(name)}'.");
        }

        try
        {
            using var stream = entry.Open();
            using var content = new MemoryStream();
            var chunk = new byte[ChunkSize];
            for (int read; (read = stream.Read(chunk)) > 0;)
            {
                budget.AddBytes(read, 0);
                content.Write(chunk, 0, read);
            }

            return content.ToArray();
        }
        catch (InvalidDataException exception)
        {
            throw Damaged(exception);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => zip.Dispose();

    private static PickleException Damaged(InvalidDataException exception) => new(
        PickleErrorCode.Corrupt,
        "The archive is damaged.",
        remedy: "Copy or download the file again, in binary mode.",
        innerException: exception);
}
