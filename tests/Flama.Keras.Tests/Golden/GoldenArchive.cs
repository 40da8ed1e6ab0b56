using System.IO.Compression;
using Flama.Packaging;
using Flama.Tests;

namespace Flama.Keras.Tests.Golden;

/// <summary>Cases of the real libraries: folders with a case.json and a model, in a zip archive of the shared folder or in the fixtures.</summary>
internal sealed class GoldenArchive : IDisposable
{
    private readonly ZipArchive zip;

    private GoldenArchive(ZipArchive zip) => this.zip = zip;

    /// <summary>Opens an archive; null where it is not there.</summary>
    public static GoldenArchive? Open(params string[] parts) => SharedFixtures.PathOf(["golden", .. parts]) is { } path ? new(ZipFile.OpenRead(path)) : null;

    public static GoldenArchive OpenFile(string path) => new(ZipFile.OpenRead(path));

    /// <summary>The names of the cases.</summary>
    public IEnumerable<string> Cases => zip.Entries.Where(entry => entry.Name == "case.json").Select(entry => entry.FullName[..^"/case.json".Length]);

    public GoldenCase Read(string name)
    {
        using var stream = zip.GetEntry($"{name}/case.json")!.Open();
        return GoldenCase.Parse(name, stream);
    }

    /// <summary>Writes a case's model into a directory and opens it.</summary>
    public ModelPackage OpenModel(GoldenCase golden, string directory)
    {
        var prefix = $"{golden.Name}/{golden.File}";
        foreach (var entry in zip.Entries.Where(entry => entry.FullName == prefix || entry.FullName.StartsWith(prefix + "/", StringComparison.Ordinal)))
        {
            var path = Path.Combine(directory, entry.FullName[(golden.Name.Length + 1)..]);
            if (entry.FullName.EndsWith('/'))
            {
                Directory.CreateDirectory(path);
                continue;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            entry.ExtractToFile(path, overwrite: true);
        }

        return ModelPackage.Open(Path.Combine(directory, golden.File));
    }

    public byte[] ReadModel(GoldenCase golden)
    {
        using var stream = zip.GetEntry($"{golden.Name}/{golden.File}")!.Open();
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.ToArray();
    }

    /// <summary>All files of a model, by their path in its directory; of a model in one file that one.</summary>
    public Dictionary<string, byte[]> ReadFiles(GoldenCase golden)
    {
        var prefix = $"{golden.Name}/{golden.File}";
        Dictionary<string, byte[]> files = new(StringComparer.Ordinal);
        foreach (var entry in zip.Entries.Where(entry => entry.Name.Length > 0 && (entry.FullName == prefix || entry.FullName.StartsWith(prefix + "/", StringComparison.Ordinal))))
        {
            using var stream = entry.Open();
            using MemoryStream copy = new();
            stream.CopyTo(copy);
            files[entry.FullName == prefix ? golden.File : entry.FullName[(prefix.Length + 1)..]] = copy.ToArray();
        }

        return files;
    }

    public void Dispose() => zip.Dispose();
}
