namespace Flama;

/// <summary>The failure for a file that the user named and that is not there.</summary>
public static class MissingFile
{
    private const int MostSuggestions = 3;

    /// <summary>Tells what was tried, and what there is with a similar name.</summary>
    /// <param name="what">What kind of file it should be: <c>model file</c>.</param>
    /// <param name="path">As the user wrote it.</param>
    /// <param name="remedy">What to do when nothing is near.</param>
    public static FlamaException Named(string what, string path, string remedy = "Check the path.")
    {
        ArgumentNullException.ThrowIfNull(path);
        var full = Path.GetFullPath(path);
        var shown = path == full ? $"'{path}'" : $"'{path}' ({full})";
        var directory = Path.GetDirectoryName(full) ?? full;
        if (!Directory.Exists(directory))
        {
            return new FlamaException(
                ErrorCodes.FileNotFound, $"There is no {what} {shown}: the directory does not exist.", remedy);
        }

        var near = Near(directory, Path.GetFileName(full));
        return new FlamaException(
            ErrorCodes.FileNotFound,
            $"There is no {what} {shown}.",
            near.Count == 0 ? remedy : $"Files there with a similar name: {string.Join(", ", near)}.");
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
