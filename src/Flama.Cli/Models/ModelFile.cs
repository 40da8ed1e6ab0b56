using Flama.Cli.Parsing;
using Flama.Packaging;

namespace Flama.Cli.Models;

/// <summary>The model file that a user named.</summary>
internal static class ModelFile
{
    private const int MostSuggestions = 3;

    /// <summary>Opens the file.</summary>
    /// <param name="path">As the user wrote it.</param>
    /// <exception cref="FlamaException">There is no such file, it cannot be read, or it is not a model.</exception>
    public static ModelPackage Open(string path)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw NotFound(path);
        }

        return ModelPackage.Open(path);
    }

    private static FlamaException NotFound(string path)
    {
        var full = Path.GetFullPath(path);
        var shown = path == full ? $"'{path}'" : $"'{path}' ({full})";
        var directory = Path.GetDirectoryName(full) ?? full;
        if (!Directory.Exists(directory))
        {
            return new FlamaException(
                ErrorCodes.FileNotFound, $"There is no model file {shown}: the directory does not exist.", "Check the path.");
        }

        var near = Near(directory, Path.GetFileName(full));
        return new FlamaException(
            ErrorCodes.FileNotFound,
            $"There is no model file {shown}.",
            near.Count == 0 ? "Check the path." : $"Files there with a similar name: {string.Join(", ", near)}.");
    }

    // The same name with another ending is near as well: model.pkl for model.flm.
    private static List<string> Near(string directory, string name)
    {
        try
        {
            var names = Directory.EnumerateFiles(directory).Select(file => Path.GetFileName(file)).Take(10_000).ToList();
            var stem = Path.GetFileNameWithoutExtension(name);
            var sameStem = names.Where(other => string.Equals(Path.GetFileNameWithoutExtension(other), stem, StringComparison.OrdinalIgnoreCase));
            return [.. Nearest.AllNear(name, names).Concat(sameStem.Order(StringComparer.Ordinal)).Distinct(StringComparer.Ordinal).Take(MostSuggestions)];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
