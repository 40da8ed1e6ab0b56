using System.IO.Compression;
using Flama.Packaging.Bare;
using Flama.Packaging.Reading;

namespace Flama.Packaging.Mlflow;

/// <summary>The files of an MLflow model, by their path beside <c>MLmodel</c>.</summary>
internal sealed class MlflowFiles
{
    /// <summary>The file that describes the model.</summary>
    public const string ManifestName = "MLmodel";

    private const int ChunkSize = 64 << 10;
    private const long FreeBytes = 64L << 20;
    private const long MaxRatio = 200;

    private readonly Func<string, ReadOnlyMemory<byte>?> read;

    private MlflowFiles(Func<string, ReadOnlyMemory<byte>?> read) => this.read = read;

    /// <summary>The content of a file; null when there is none. Paths out of the model have none.</summary>
    public ReadOnlyMemory<byte>? Read(string path) => read(path);

    /// <summary>Files of a directory: <c>MLmodel</c> is the payload, the others lie beside it.</summary>
    public static MlflowFiles OfDirectory(ModelSource source)
    {
        var root = source.SideFiles.Any(file => !file.Path.Contains('/', StringComparison.Ordinal)) ? "" : RootOf(source.SideFiles.Select(file => file.Path));
        return new(path => path == ManifestName ? source.Payload.ReadAll() : source.FindSideFile(root + path)?.Content.ReadAll());
    }

    /// <summary>Files of a zip archive, at its top or in a directory around all.</summary>
    public static MlflowFiles OfArchive(PackageFile file, ModelPayload payload) => new(path =>
    {
        using var stream = payload.OpenRead();
        using var archive = Open(file, stream);
        var manifest = archive.Entries.FirstOrDefault(entry => entry.FullName == ManifestName)
            ?? archive.Entries.FirstOrDefault(entry => TreeProbe.BelowRoot(entry.FullName) == ManifestName);
        var root = manifest?.FullName[..^ManifestName.Length] ?? "";
        return archive.GetEntry(root + path) is { } found ? Expand(file, found, Math.Min(file.Limits.MaxModelBytes, Math.Max(FreeBytes, MaxRatio * payload.Length))) : null;
    });

    private static string RootOf(IEnumerable<string> paths) =>
        paths.Select(path => path[..(path.IndexOf('/', StringComparison.Ordinal) + 1)]).FirstOrDefault() ?? "";

    private static ZipArchive Open(PackageFile file, Stream stream)
    {
        ZipArchive? archive = null;
        try
        {
            archive = new ZipArchive(stream, ZipArchiveMode.Read);

            // The directory is read, and found to be damaged, when it is first asked for.
            _ = archive.Entries;
            return archive;
        }
        catch (InvalidDataException)
        {
            archive?.Dispose();
            throw file.Corrupt("it is a damaged zip archive");
        }
    }

    private static ReadOnlyMemory<byte> Expand(PackageFile file, ZipArchiveEntry entry, long limit)
    {
        try
        {
            using var stream = entry.Open();
            using var content = new MemoryStream();
            var chunk = new byte[ChunkSize];
            for (int count; (count = stream.Read(chunk)) > 0;)
            {
                if (content.Length + count > limit)
                {
                    throw file.TooLarge("the model in it", limit, nameof(PackageLimits.MaxModelBytes));
                }

                content.Write(chunk, 0, count);
            }

            return content.ToArray();
        }
        catch (InvalidDataException)
        {
            throw file.Corrupt("it is a damaged zip archive");
        }
    }
}
