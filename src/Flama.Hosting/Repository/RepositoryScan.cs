using Flama.Hosting.Reloading;

namespace Flama.Hosting.Repository;

/// <summary>
/// Looks at the directories of a repository: <c>name/model.flm</c>, <c>name/VERSION/model.flm</c>; the file may have any name and format where it is the only one. Either directory may have a <c>schema.json</c>.
/// </summary>
internal static class RepositoryScan
{
    /// <summary>The name of the file with the JSON Schema of a model's rows, beside the model or beside its versions.</summary>
    public const string SchemaName = "schema.json";

    private const string Main = "model";

    // Files that describe a model and are none.
    private static readonly HashSet<string> Beside = new(StringComparer.OrdinalIgnoreCase)
    {
        VersionPins.FileName, SchemaName, "config.pbtxt", "labels.txt", "README", "README.md", "README.txt", "LICENSE", "requirements.txt", "conda.yaml", "input_example.json",
    };

    private static readonly string[] Unfinished = [".tmp", ".new", ".part", ".swp", "~"];

    /// <summary>Looks at all directories.</summary>
    /// <exception cref="IOException">The repository cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public static IReadOnlyList<FoundModel> Look(string directory)
    {
        List<FoundModel> models = [];
        foreach (var path in Directory.EnumerateDirectories(directory).Where(IsShown).Order(StringComparer.Ordinal))
        {
            models.Add(LookAt(path));
        }

        return models;
    }

    private static FoundModel LookAt(string path)
    {
        var name = Path.GetFileName(path);
        if (!VersionName.IsModel(name))
        {
            return new(name, [], VersionPins.None, "its name is not one segment of a URL: letters, digits, '.', '-' and '_'");
        }

        try
        {
            var (pins, fault) = VersionPins.Read(path);
            List<string> faults = fault is null ? [] : [fault];
            var named = Directory.EnumerateDirectories(path).Where(IsShown).Where(version => VersionName.IsValid(Path.GetFileName(version))).ToList();
            List<FoundVersion> versions = [];
            foreach (var version in named)
            {
                if (Find(version, out var why) is { } file)
                {
                    versions.Add(Found(Path.GetFileName(version), file, version, path) with { IsNamed = true });
                }
                else
                {
                    faults.Add($"version {Path.GetFileName(version)}: {why}");
                }
            }

            if (named.Count == 0)
            {
                if (Find(path, out var why) is { } file)
                {
                    versions.Add(Found(FoundVersion.Only, file, path));
                }
                else
                {
                    faults.Add(why);
                }
            }

            return new(
                name,
                [.. versions.OrderByDescending(version => version.Name, VersionName.Order)],
                pins,
                faults.Count == 0 ? null : string.Join("; ", faults));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new(name, [], VersionPins.None, "it cannot be read");
        }
    }

    // A schema beside the versions is that of each without one of its own.
    private static FoundVersion Found(string name, string file, params ReadOnlySpan<string> directories)
    {
        var state = StateOf(file);
        foreach (var directory in directories)
        {
            var schema = Path.Combine(directory, SchemaName);
            if (File.Exists(schema))
            {
                var other = FileState.Of(schema);
                return new(name, file, state with { Length = state.Length + other.Length, Written = Math.Max(state.Written, other.Written), Changed = Math.Max(state.Changed, other.Changed) }) { Schema = schema };
            }
        }

        return new(name, file, state);
    }

    // The model of a directory: model.*, else the only file; a directory of MLflow is a model itself.
    private static string? Find(string directory, out string why)
    {
        why = "";
        if (File.Exists(Path.Combine(directory, "MLmodel")))
        {
            return directory;
        }

        var files = Directory.EnumerateFileSystemEntries(directory).Where(IsShown)
            .Where(path => !Beside.Contains(Path.GetFileName(path)) && !Unfinished.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
            .Where(path => File.Exists(path) || IsNamedModel(path))
            .Order(StringComparer.Ordinal).ToList();
        var named = files.Where(IsNamedModel).ToList();
        switch (named, files)
        {
            case ([var only], _):
                return only;
            case ([], [var only]):
                return only;
            case ([], []):
                why = "there is no model file in it";
                return null;
            case ([], _):
                why = "there are several files in it, and none is named model.*";
                return null;
            default:
                why = "there are several files named model.* in it";
                return null;
        }
    }

    // Not model.onnx.data, which belongs to another.
    private static bool IsNamedModel(string path)
    {
        var name = Path.GetFileName(path);
        return string.Equals(Path.GetFileNameWithoutExtension(name), Main, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsShown(string path) => Path.GetFileName(path) is not ['.', ..];

    // A directory has no state that tells of its files; when one of them was last written does.
    private static FileState StateOf(string path)
    {
        if (!Directory.Exists(path))
        {
            return FileState.Of(path);
        }

        long length = 0, written = 0;
        foreach (var file in new DirectoryInfo(path).EnumerateFiles("*", SearchOption.AllDirectories))
        {
            length += file.Length;
            written = Math.Max(written, file.LastWriteTimeUtc.Ticks);
        }

        return new(length, written, 0);
    }
}
