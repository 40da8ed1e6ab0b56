using Flama.Hosting.Sources;

namespace Flama.Hosting.Repository;

/// <summary>
/// Finds the models in the folders of a repository: <c>name/model.flm</c>, <c>name/VERSION/model.flm</c>; the file may have any name and format where it is the only one. Either folder may have a <c>schema.json</c>.
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

    /// <summary>Looks at the folder of a model.</summary>
    public static FoundModel LookAt(IRepositoryFolder folder)
    {
        if (!VersionName.IsModel(folder.Name))
        {
            return new(folder.Name, [], VersionPins.None, "its name is not one segment of a URL: letters, digits, '.', '-' and '_'");
        }

        try
        {
            var (pins, fault) = folder.ReadPins();
            List<string> faults = fault is null ? [] : [fault];
            var named = folder.Folders.Where(version => VersionName.IsValid(version.Name)).ToList();
            List<FoundVersion> versions = [];
            foreach (var version in named)
            {
                if (Find(version, out var why) is { } found)
                {
                    versions.Add(Found(version.Name, found, version, folder) with { IsNamed = true });
                }
                else
                {
                    faults.Add($"version {version.Name}: {why}");
                }
            }

            if (named.Count == 0)
            {
                if (Find(folder, out var why) is { } found)
                {
                    versions.Add(Found(FoundVersion.Only, found, folder));
                }
                else
                {
                    faults.Add(why);
                }
            }

            return new(
                folder.Name,
                [.. versions.OrderByDescending(version => version.Name, VersionName.Order)],
                pins,
                faults.Count == 0 ? null : string.Join("; ", faults));
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return new(folder.Name, [], VersionPins.None, "it cannot be read");
        }
    }

    // A schema beside the versions is that of each without one of its own.
    private static FoundVersion Found(string name, FoundFile file, params ReadOnlySpan<IRepositoryFolder> folders)
    {
        foreach (var folder in folders)
        {
            if (folder.Files.Contains(SchemaName, StringComparer.Ordinal) && folder.Take(SchemaName) is { } schema)
            {
                var (state, other) = (file.State, schema.State);
                var both = state with
                {
                    Length = state.Length + other.Length,
                    Written = unchecked((state.Written * 31) + other.Written),
                    Changed = unchecked((state.Changed * 31) + other.Changed),
                };
                return new(name, file.Path, both) { Schema = schema.Path, Sources = SourcesOf(file, schema) };
            }
        }

        return new(name, file.Path, file.State) { Sources = SourcesOf(file) };
    }

    private static IReadOnlyList<StoredObject> SourcesOf(params IEnumerable<FoundFile> files) => [.. files.Select(file => file.Source).OfType<StoredObject>()];

    private static FoundFile? Find(IRepositoryFolder folder, out string why)
    {
        if (Choose(folder, out why) is not { } entry)
        {
            return null;
        }

        var found = folder.Take(entry);
        why = found is null ? "a model of several files cannot be taken from a store" : "";
        return found;
    }

    // The model of a folder: model.*, else the only file; a directory of MLflow is a model itself.
    private static string? Choose(IRepositoryFolder folder, out string why)
    {
        why = "";
        var all = folder.Files;
        if (all.Contains("MLmodel", StringComparer.Ordinal))
        {
            return "";
        }

        var files = all.Concat(folder.Folders.Select(one => one.Name).Where(IsNamedModel))
            .Where(name => !Beside.Contains(name) && !Unfinished.Any(ending => name.EndsWith(ending, StringComparison.OrdinalIgnoreCase)))
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
    private static bool IsNamedModel(string name) => string.Equals(Path.GetFileNameWithoutExtension(name), Main, StringComparison.OrdinalIgnoreCase);
}
