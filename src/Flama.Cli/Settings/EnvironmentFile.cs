
namespace Flama.Cli.Settings;

/// <summary>Variables from a file with a line <c>NAME=VALUE</c> each; empty lines and those that begin with # are left out.</summary>
internal static class EnvironmentFile
{
    /// <summary>Reads the file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="FlamaException">It cannot be read, or a line is not a variable.</exception>
    public static Dictionary<string, string> Read(string path)
    {
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            throw MissingFile.Named("file of variables", path);
        }

        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new FlamaException(
                ErrorCodes.FileUnreadable, $"The file of variables '{path}' cannot be read.", "Check the path and the permissions.", exception);
        }

        Dictionary<string, string> variables = new(StringComparer.Ordinal);
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            line = line.StartsWith("export ", StringComparison.Ordinal) ? line[7..].TrimStart() : line;
            var equals = line.IndexOf('=');
            variables[equals > 0 ? line[..equals].Trim() : throw NotAVariable(path, i + 1)] = Unquote(line[(equals + 1)..].Trim());
        }

        return variables;
    }

    private static string Unquote(string value) =>
        value.Length >= 2 && value[0] is ('"' or '\'') && value[^1] == value[0] ? value[1..^1] : value;

    private static FlamaException NotAVariable(string path, int line) =>
        new(ErrorCodes.InvalidOption, $"'{path}' has no variable on line {line}.", "Write NAME=VALUE.");
}
