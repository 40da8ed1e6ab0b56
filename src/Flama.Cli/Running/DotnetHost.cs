using Flama.Cli.Commands;

namespace Flama.Cli.Running;

/// <summary>The <c>dotnet</c> program of this machine.</summary>
internal static class DotnetHost
{
    private static string Name => OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet";

    /// <summary>Finds the program: the one that runs this process, that of <c>DOTNET_ROOT</c>, or the first on the path.</summary>
    /// <exception cref="FlamaException">There is none.</exception>
    public static string Find(CommandContext context)
    {
        var variable = context.Console.Variable;
        var named = new[] { variable("DOTNET_HOST_PATH"), Environment.ProcessPath }
            .Where(path => string.Equals(Path.GetFileName(path), Name, StringComparison.OrdinalIgnoreCase));
        var folders = (variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Prepend(variable("DOTNET_ROOT") ?? "");
        return named.Concat(folders.Where(folder => folder.Length > 0).Select(folder => Path.Combine(folder, Name))).FirstOrDefault(File.Exists)
            ?? throw Missing("No 'dotnet' was found on the path, in DOTNET_ROOT or DOTNET_HOST_PATH.");
    }

    /// <summary>Makes sure that the program can build.</summary>
    /// <exception cref="FlamaException">It can only run what is built.</exception>
    public static void RequireSdk(string host)
    {
        var real = File.ResolveLinkTarget(host, returnFinalTarget: true)?.FullName ?? host;
        var sdks = Path.Combine(Path.GetDirectoryName(real)!, "sdk");
        if (!Directory.Exists(sdks) || !Directory.EnumerateDirectories(sdks).Any())
        {
            throw Missing($"'{host}' has no SDK, only a runtime.");
        }
    }

    private static FlamaException Missing(string what) => new(
        ErrorCodes.FileNotFound,
        $"The application cannot be built here. {what}",
        "Install the .NET SDK, or run an application that is built: flama run app.dll");
}
