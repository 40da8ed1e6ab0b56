using Flama.Compression;
using Flama.Packaging.Bare;
using Flama.Packaging.Sources;
using Flama.Packaging.Tar;

namespace Flama.Packaging.Reading;

/// <summary>
/// Reads the tar archives of Flama 1.1 to 1.11: <c>artifacts/…</c> first, then <c>model</c>, a zlib stream of one JSON document.
/// </summary>
/// <remarks>
/// The archive is compressed as a whole, so that listing names passes over all of it once. Small artifacts are kept on the way; a large one
/// is decompressed again from the start when it is opened. Nothing is extracted, and links, devices and paths that lead outside are refused
/// wherever they stand.
/// </remarks>
internal sealed class TarPackageReader
{
    private const string ModelName = "model";
    private const string ArtifactPrefix = "artifacts/";
    private const int MaxKeptBytes = 64 * 1024;
    private const int MaxPaths = 10_000;
    private const int MaxKeptTotal = 16 * 1024 * 1024;

    private readonly PackageFile file;
    private readonly Codec? codec;
    private readonly List<ArtifactEntry> artifacts = [];
    private readonly List<string> paths = [];
    private readonly HashSet<string> names = new(StringComparer.Ordinal);
    private long kept;
    private int fileCount;
    private byte[]? model;

    private TarPackageReader(PackageFile file, Codec? codec)
    {
        this.file = file;
        this.codec = codec;
    }

    /// <summary>Reads the package.</summary>
    /// <param name="file">The file, known to hold a tar archive.</param>
    /// <param name="codec">What it is compressed with; null for a plain archive.</param>
    public static PackageBody Read(PackageFile file, Codec? codec)
    {
        var reader = new TarPackageReader(file, codec);
        reader.Walk();
        if (reader.model is null)
        {
            return BareFile.Open(file, TarProbe.OfNames(reader.paths), codec?.Name);
        }

        var document = reader.ReadDocument();
        var format = PackageFormat.Whole(PackageGeneration.G1, codec?.Name);
        return new PackageBody(format, document.Metadata, reader.artifacts, document.ReadModel);
    }

    private PartStream OpenArchive()
    {
        var raw = file.Source.OpenRead(0, file.Source.Length);
        return codec is null
            ? new PartStream(file, "tar archive", raw, file.Limits.Decompression.MaxOutputBytes)
            : file.Decompress(codec, raw, "tar archive", file.Limits.Decompression.MaxOutputBytes);
    }

    private void Walk()
    {
        using var archive = OpenArchive();
        var tar = new TarReader(file, archive);
        while (tar.Next() is { } entry)
        {
            Take(tar, entry);
        }

        // To the end, so that the checksum behind the last byte is looked at.
        archive.Skip(long.MaxValue);
    }

    private void Take(TarReader tar, TarEntry entry)
    {
        var path = CheckedPath(entry);
        if (model is null && paths.Count < MaxPaths)
        {
            paths.Add(path);
        }

        if (path == ModelName && entry.Kind == TarEntryKind.File)
        {
            TakeModel(tar, entry);
        }
        else if (path.StartsWith(ArtifactPrefix, StringComparison.Ordinal) && path.AsSpan(ArtifactPrefix.Length).Trim('/').Length > 0)
        {
            TakeArtifact(tar, entry, path[ArtifactPrefix.Length..].TrimEnd('/'));
        }
    }

    private string CheckedPath(TarEntry entry)
    {
        if (entry.Kind is TarEntryKind.Link or TarEntryKind.Device)
        {
            throw file.Unsafe(entry.Name, entry.Kind == TarEntryKind.Link ? "is that of a link" : "is that of a device");
        }

        var path = entry.Name;
        while (path.StartsWith("./", StringComparison.Ordinal))
        {
            path = path[2..];
        }

        if (path.StartsWith('/') || path.StartsWith('\\') || (path.Length > 1 && path[1] == ':'))
        {
            throw file.Unsafe(entry.Name, "is an absolute path");
        }

        return path.Split('/', '\\').Contains("..")
            ? throw file.Unsafe(entry.Name, "leads out of the package")
            : path;
    }

    private void TakeModel(TarReader tar, TarEntry entry)
    {
        if (model is not null)
        {
            throw file.Corrupt("its tar archive holds 'model' twice");
        }

        if (entry.Size == 0)
        {
            throw new FlamaException(
                ErrorCodes.KnownWriterBug,
                $"'{file.Name}' holds an empty model: a known bug of Flama 1.1 to 1.11, which loses models of up to 4096 packed bytes.",
                "The model is not in the file. Package it again with a newer Flama.");
        }

        if (entry.Size > file.Limits.MaxModelBytes)
        {
            throw file.TooLarge($"the packed model ({entry.Size} bytes)", file.Limits.MaxModelBytes, nameof(PackageLimits.MaxModelBytes));
        }

        model = ReadContent(tar);
    }

    // A path of several names is that of a file in a directory, which is the artifact.
    private void TakeArtifact(TarReader tar, TarEntry entry, string path)
    {
        var parts = path.Split('/', StringSplitOptions.RemoveEmptyEntries);
        foreach (var part in parts)
        {
            if (ArtifactName.Problem(part) is { } problem)
            {
                throw file.Unsafe(path, problem);
            }
        }

        if (parts.Length > 1 || entry.Kind == TarEntryKind.Directory)
        {
            var files = DirectoryOf(parts[0]);
            if (entry.Kind == TarEntryKind.File && !files.TryAdd(string.Join('/', parts.Skip(1)), ContentOf(tar, path, entry)))
            {
                throw file.Corrupt($"it holds the artifact '{path}' twice");
            }

            return;
        }

        Add(new ArtifactEntry(path, ContentOf(tar, path, entry)));
    }

    private SortedDictionary<string, Func<Stream>> DirectoryOf(string name)
    {
        if (artifacts.Find(artifact => artifact.Name == name && artifact.Files is not null) is { } known)
        {
            return known.Files!;
        }

        var files = new SortedDictionary<string, Func<Stream>>(StringComparer.Ordinal);
        Add(new ArtifactEntry(name, null) { Files = files });
        return files;
    }

    private void Add(ArtifactEntry artifact)
    {
        if (!names.Add(artifact.Name))
        {
            throw file.Corrupt($"it holds the artifact '{artifact.Name}' twice");
        }

        artifacts.Add(artifact);
    }

    private Func<Stream> ContentOf(TarReader tar, string path, TarEntry entry)
    {
        if (++fileCount == file.Limits.MaxArtifacts + 1)
        {
            throw file.TooLarge("the number of artifacts", file.Limits.MaxArtifacts, nameof(PackageLimits.MaxArtifacts));
        }

        if (entry.Size <= Math.Min(MaxKeptBytes, file.Limits.MaxArtifactBytes) && kept + entry.Size <= MaxKeptTotal)
        {
            kept += entry.Size;
            var content = ReadContent(tar);
            return () => new MemoryStream(content, writable: false);
        }

        return () => Reopen(path, entry);
    }

    private PartStream Reopen(string name, TarEntry entry)
    {
        var archive = OpenArchive();
        if (archive.Skip(entry.Offset) < entry.Offset)
        {
            archive.Dispose();
            throw file.Truncated($"its tar archive stops before artifact '{name}'");
        }

        return new PartStream(file, $"artifact '{name}'", new BoundedStream(archive, entry.Size), file.Limits.MaxArtifactBytes);
    }

    private ModelDocument ReadDocument() => DocumentReader.Read(file, new MemoryStream(model!, writable: false), "model");

    private static byte[] ReadContent(TarReader tar)
    {
        var bytes = new ByteBuilder();
        while (tar.Remaining > 0)
        {
            bytes.Advance(tar.Read(bytes.GetSpan()));
        }

        return bytes.ToArray();
    }
}
