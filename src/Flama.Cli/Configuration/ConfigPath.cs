using Flama.Hosting.Sources;

namespace Flama.Cli.Configuration;

/// <summary>Paths in a file are relative to the folder that it lies in, wherever the program is started.</summary>
internal static class ConfigPath
{
    /// <summary>The path for the program's own folder.</summary>
    /// <param name="file">The file that the path stands in, as the user wrote it.</param>
    /// <param name="path">The path in it.</param>
    public static string Of(string file, string path) =>
        !ModelSources.IsLocation(path) && Path.GetDirectoryName(file) is { Length: > 0 } folder ? Path.Combine(folder, path) : path;
}
