using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text.Json;
using Flama.Tests;

namespace Flama.ConformanceTests;

/// <summary>One golden case: a model that scikit-learn or a library beside it wrote, inputs, and what the library answered.</summary>
internal sealed class SklearnCase
{
    private const string SharedPrefix = "shared/";

    private static readonly ConcurrentDictionary<string, Lazy<Dictionary<string, Dictionary<string, byte[]>>>> Archives = new(StringComparer.Ordinal);

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

    /// <summary>The name of the model's file.</summary>
    public string FileName => Meta.GetProperty("file").GetString()!;

    /// <summary>Whether the model is a pickle, joblib's or Python's, and not a library's own format.</summary>
    public bool IsPickle => Path.GetExtension(FileName) is ".pkl" or ".joblib";

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
        .. from folder in (string[])["golden/sklearn", "golden/sklearn-random", "golden/sklearn-draws", "golden/sklearn-ties", "golden/catboost", "golden/libraries"]
           from path in Fixtures.List(folder, "*.zip")
           select path[..^".zip".Length],
    ];

    /// <summary>The versions of which there is more than a choice of cases.</summary>
    public static IReadOnlyList<string> WholeVersions { get; } = [.. Versions.Where(version => !version.StartsWith("golden/", StringComparison.Ordinal))];

    /// <summary>The archives of the shared folder, which a clean clone does not have: <c>shared/golden/sklearn/1.3.2.zip</c>.</summary>
    public static IReadOnlyList<string> SharedArchives { get; } =
    [
        .. from folder in (string[])["golden/sklearn", "golden/sklearn-random", "golden/xgboost", "golden/lightgbm"]
           from path in SharedFixtures.List(folder, "*.zip")
           select SharedPrefix + path,
    ];

    /// <summary>The archives of the libraries around scikit-learn in the shared folder.</summary>
    public static IReadOnlyList<string> SharedLibraries { get; } =
    [
        .. from folder in (string[])["category_encoders", "feature-engine", "imbalanced-learn", "sklearn-pandas", "interpret", "others", "statsmodels", "skops", "mlflow"]
           from path in SharedFixtures.List($"golden/{folder}", "*.zip")
           select SharedPrefix + path,
    ];

    /// <summary>The archives of tables that pandas read: the few of the repository and all of the shared folder.</summary>
    public static IReadOnlyList<string> Tables { get; } = [.. Fixtures.List("golden/csv", "*.zip").Select(path => path[..^".zip".Length]), .. SharedFixtures.List("golden/csv", "*.zip").Select(path => SharedPrefix + path)];

    /// <summary>The files of one case.</summary>
    public static IReadOnlyDictionary<string, byte[]> FilesOf(string version, string name) => Files(version)[name];

    /// <summary>The names of the cases of a version or of a shared archive.</summary>
    public static IEnumerable<string> Names(string version) => Files(version).Keys.Order(StringComparer.Ordinal);

    /// <summary>Reads one case in place.</summary>
    public static SklearnCase Read(string version, string name)
    {
        var files = Files(version)[name];
        using var document = JsonDocument.Parse(files["case.json"], new JsonDocumentOptions { MaxDepth = 256 });
        var root = document.RootElement.Clone();
        return new(name, files[root.GetProperty("meta").GetProperty("file").GetString()!], root);
    }

    /// <summary>Reads all cases of an archive that stands elsewhere, one after the other; what has no table for its input is left out.</summary>
    public static IEnumerable<SklearnCase> ReadAll(string path)
    {
        foreach (var (name, files) in ReadFiles(path))
        {
            if (!files.TryGetValue("case.json", out var text))
            {
                continue;
            }

            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 256 });
            var root = document.RootElement.Clone();
            if (root.TryGetProperty("checks", out _)
                && root.GetProperty("meta").TryGetProperty("file", out var file)
                && files.TryGetValue(file.GetString()!, out var model))
            {
                yield return new(name, model, root);
            }
        }
    }

    // Every test goes through most cases, and finding an entry in an archive takes longer the more there are.
    private static Dictionary<string, Dictionary<string, byte[]>> Files(string version) =>
        Archives.GetOrAdd(version, key => new(() => ReadArchive(key))).Value;

    private static Dictionary<string, Dictionary<string, byte[]>> ReadArchive(string version) => ReadFiles(PathOf(version));

    private static Dictionary<string, Dictionary<string, byte[]>> ReadFiles(string path)
    {
        using var archive = ZipFile.OpenRead(path);
        var cases = new Dictionary<string, Dictionary<string, byte[]>>(StringComparer.Ordinal);
        foreach (var entry in archive.Entries.Where(entry => entry.Name.Length > 0 && entry.FullName.Contains('/', StringComparison.Ordinal)))
        {
            var name = entry.FullName.Split('/')[^2];
            if (!cases.TryGetValue(name, out var files))
            {
                cases.Add(name, files = new(StringComparer.Ordinal));
            }

            files.Add(entry.Name, Bytes(entry));
        }

        return cases;
    }

    private static string PathOf(string version) => version.StartsWith(SharedPrefix, StringComparison.Ordinal)
        ? SharedFixtures.PathOf(version[SharedPrefix.Length..]) ?? throw new FileNotFoundException(version)
        : Fixtures.PathOf(version.Contains('/', StringComparison.Ordinal) ? $"{version}.zip" : $"sklearn/{version}.zip");

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var buffer = new MemoryStream();
        stream.CopyTo(buffer);
        return buffer.ToArray();
    }
}
