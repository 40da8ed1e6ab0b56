using System.IO.Compression;
using System.Text.Json;
using Flama.Tests;

namespace Flama.ConformanceTests;

/// <summary>One golden case: a model that scikit-learn or a library beside it wrote, inputs, and what the library answered.</summary>
internal sealed class SklearnCase
{
    private SklearnCase(string name, byte[] model, JsonElement document)
    {
        Name = name;
        Model = model;
        Meta = document.GetProperty("meta");
        Checks = [.. document.GetProperty("checks").EnumerateArray()];
    }

    public string Name { get; }

    public byte[] Model { get; }

    public JsonElement Meta { get; }

    public IReadOnlyList<JsonElement> Checks { get; }

    /// <summary>Relative tolerance of the case, from its file.</summary>
    public double RelativeTolerance => Meta.GetProperty("tolerance").GetProperty("rtol").GetDouble();

    /// <summary>Absolute tolerance of the case, from its file; it is scaled by the largest expected number of an array.</summary>
    public double AbsoluteTolerance => Meta.GetProperty("tolerance").GetProperty("atol").GetDouble();

    /// <summary>The versions that have an archive: <c>1.2.1</c> of scikit-learn, <c>sklearn-extra/1.2.1</c> and <c>boosters/xgboost-1.7.4</c> of our own.</summary>
    public static IReadOnlyList<string> Versions { get; } =
    [
        .. Fixtures.List("sklearn", "*.zip").Select(path => Path.GetFileNameWithoutExtension(path)),
        .. Fixtures.List("sklearn-extra", "*.zip").Select(path => path[..^".zip".Length]),
        .. Fixtures.List("boosters", "*.zip").Select(path => path[..^".zip".Length]),
    ];

    /// <summary>The names of the cases of a version.</summary>
    public static IEnumerable<string> Names(string version)
    {
        using var archive = Open(version);
        return [.. archive.Entries.Where(entry => entry.Name == "case.json").Select(entry => entry.FullName.Split('/')[^2]).Order(StringComparer.Ordinal)];
    }

    /// <summary>Reads one case in place.</summary>
    public static SklearnCase Read(string version, string name)
    {
        using var archive = Open(version);
        var entry = archive.Entries.Single(candidate => candidate.Name == "case.json" && candidate.FullName.Split('/')[^2] == name);
        using var document = JsonDocument.Parse(Bytes(entry), new JsonDocumentOptions { MaxDepth = 256 });
        var root = document.RootElement.Clone();
        var folder = entry.FullName[..^"case.json".Length];
        var file = root.GetProperty("meta").GetProperty("file").GetString()!;
        return new(name, Bytes(archive.GetEntry(folder + file)!), root);
    }

    private static ZipArchive Open(string version) => ZipFile.OpenRead(
        Fixtures.PathOf(version.Contains('/', StringComparison.Ordinal) ? $"{version}.zip" : $"sklearn/{version}.zip"));

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }
}
