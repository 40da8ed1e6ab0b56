namespace Flama.Hosting;

/// <summary>The folder that a program was put into with its files.</summary>
internal static class ProgramFolder
{
    /// <summary>Where a model of an application is: a relative path from the current directory, else from the program's folder, wherever it was started from.</summary>
    /// <param name="path">The path.</param>
    /// <returns>The path there; as it is where there is nothing, for the message.</returns>
    public static string Find(string path) =>
        !Path.IsPathRooted(path) && !Exists(path) && Path.Combine(AppContext.BaseDirectory, path) is var beside && Exists(beside) ? beside : path;

    private static bool Exists(string path) => File.Exists(path) || Directory.Exists(path);
}
