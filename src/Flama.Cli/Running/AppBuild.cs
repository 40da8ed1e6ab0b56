using System.Diagnostics;

namespace Flama.Cli.Running;

/// <summary>Builds an application. The compiler's output is shown only when it fails.</summary>
internal static class AppBuild
{
    /// <summary>Builds, and finds the assembly.</summary>
    /// <param name="host">The <c>dotnet</c> program.</param>
    /// <param name="target">A project or a source file.</param>
    /// <param name="error">Takes what went wrong.</param>
    /// <returns>The assembly; null when the build failed.</returns>
    public static async Task<string?> RunAsync(string host, AppTarget target, TextWriter error)
    {
        ProcessStartInfo start = new(host)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(target.Path),
        };
        foreach (var argument in Arguments(target))
        {
            start.ArgumentList.Add(argument);
        }

        // Nothing stays behind that would keep a terminal or a pipe open, the compiler's own server neither.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_NOLOGO"] = "1";
        using var build = Process.Start(start)!;
        build.StandardInput.Close();
        var errors = build.StandardError.ReadToEndAsync();
        var output = await build.StandardOutput.ReadToEndAsync();
        await build.WaitForExitAsync();
        var path = output.Trim().Split('\n')[^1].Trim();
        if (build.ExitCode == 0 && File.Exists(path))
        {
            return path;
        }

        error.Write(output);
        error.Write(await errors);
        return null;
    }

    /// <summary>What a single source file is built with: as such it would be compiled to native code, which needs packages, and is never run here.</summary>
    public const string NoNativeCode = "--property:PublishAot=false";

    private static string[] Arguments(AppTarget target)
    {
        string[] arguments =
        [
            "build", target.Path, "--nologo", "--verbosity", "quiet", "--property:UseSharedCompilation=false", "-target:Build", "-getProperty:TargetPath",
        ];
        return target.Kind == AppKind.Source ? [.. arguments, NoNativeCode] : arguments;
    }
}
