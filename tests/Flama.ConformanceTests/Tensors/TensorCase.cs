using System.IO.Compression;
using System.Text.Json;
using Flama.Packaging;
using Flama.Tests;

namespace Flama.ConformanceTests.Tensors;

/// <summary>One golden case of a model of tensors: its files, and calls with what the real library answers.</summary>
internal sealed class TensorCase
{
    private const double DefaultTolerance = 1e-5;

    private TensorCase(string name, IReadOnlyDictionary<string, byte[]> files)
    {
        Name = name;
        Files = files;
        var document = JsonDocument.Parse(files["case.json"]).RootElement;
        Meta = document.GetProperty("meta");
        Calls = document.TryGetProperty("calls", out var calls) || document.TryGetProperty("checks", out calls) ? [.. calls.EnumerateArray()] : [];
    }

    public string Name { get; }

    /// <summary>The files of the case by their paths.</summary>
    public IReadOnlyDictionary<string, byte[]> Files { get; }

    public JsonElement Meta { get; }

    public IReadOnlyList<JsonElement> Calls { get; }

    /// <summary>Why the case is to be refused; null when it is to be answered.</summary>
    public string? Refusal => Meta.TryGetProperty("refusal", out var refusal) ? refusal.GetString() : null;

    public double RelativeTolerance => Tolerance("rtol");

    public double AbsoluteTolerance => Tolerance("atol");

    /// <summary>The archives of a folder: those of the repository, and all of the shared folder where it is present.</summary>
    public static IEnumerable<string> Archives(string folder) =>
        Fixtures.List($"golden/{folder}", "*.zip").Select(path => path)
            .Concat(SharedFixtures.List($"golden/{folder}", "*.zip").Select(path => $"shared/{path}"));

    /// <summary>The cases of an archive.</summary>
    public static IReadOnlyList<TensorCase> ReadAll(string archive)
    {
        var path = archive.StartsWith("shared/", StringComparison.Ordinal) ? SharedFixtures.PathOf(archive["shared/".Length..])! : Fixtures.PathOf(archive);
        using var zip = ZipFile.OpenRead(path);
        Dictionary<string, Dictionary<string, byte[]>> cases = new(StringComparer.Ordinal);
        foreach (var entry in zip.Entries.Where(entry => !entry.FullName.EndsWith('/')))
        {
            var slash = entry.FullName.IndexOf('/', StringComparison.Ordinal);
            using var stream = entry.Open();
            using MemoryStream content = new();
            stream.CopyTo(content);
            var files = cases.TryGetValue(entry.FullName[..slash], out var known) ? known : cases[entry.FullName[..slash]] = new(StringComparer.Ordinal);
            files[entry.FullName[(slash + 1)..]] = content.ToArray();
        }

        return [.. cases.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new TensorCase(pair.Key, pair.Value))];
    }

    /// <summary>The model as packages hand it over, with the files beside it.</summary>
    public ModelSource ToSource(ModelFormat format)
    {
        var file = Meta.GetProperty("file").GetString()!;
        return new(file, format, ModelPayload.FromMemory(Files[file]))
        {
            SideFiles = [.. Files.Where(pair => pair.Key != file && pair.Key != "case.json").Select(pair => new SideFile(pair.Key, ModelPayload.FromMemory(pair.Value)))],
        };
    }

    /// <summary>Writes the model and the files beside it; the path of the model.</summary>
    public string WriteTo(string directory)
    {
        foreach (var (name, content) in Files.Where(pair => pair.Key != "case.json"))
        {
            var path = Path.Combine(directory, Name, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, content);
        }

        return Path.Combine(directory, Name, Meta.GetProperty("file").GetString()!);
    }

    private double Tolerance(string name) =>
        Meta.TryGetProperty("tolerance", out var tolerance) && tolerance.ValueKind == JsonValueKind.Object ? tolerance.GetProperty(name).GetDouble() : DefaultTolerance;

    /// <summary>Opens the file as a user does.</summary>
    public static ModelPackage Open(string path) => ModelPackage.Open(path);
}
