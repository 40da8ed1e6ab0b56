using Flama.Packaging.Bare;
using Flama.Packaging.Reading;
using Flama.Packaging.Zip;

namespace Flama.Packaging.Mlflow;

/// <summary>The files of an MLflow model, by their path beside <c>MLmodel</c>.</summary>
internal sealed class MlflowFiles
{
    /// <summary>The file that describes the model.</summary>
    public const string ManifestName = "MLmodel";

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
        using var archive = ZipFiles.Open(file, stream);
        var manifest = archive.Entries.FirstOrDefault(entry => entry.FullName == ManifestName)
            ?? archive.Entries.FirstOrDefault(entry => TreeProbe.BelowRoot(entry.FullName) == ManifestName);
        var root = manifest?.FullName[..^ManifestName.Length] ?? "";
        return archive.GetEntry(root + path) is { } found ? ZipFiles.Expand(file, found, ZipFiles.LimitOf(file, payload)) : null;
    });

    private static string RootOf(IEnumerable<string> paths) =>
        paths.Select(path => path[..(path.IndexOf('/', StringComparison.Ordinal) + 1)]).FirstOrDefault() ?? "";
}
