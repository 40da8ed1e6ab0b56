using Flama.Cli.Commands;
using Flama.Cli.Settings;

namespace Flama.Cli.Running;

/// <summary>The application that a user named.</summary>
/// <param name="Path">The project, the source file or the assembly; absolute.</param>
/// <param name="Kind">Which of them.</param>
/// <param name="Folder">Where it runs.</param>
internal sealed record AppTarget(string Path, AppKind Kind, string Folder)
{
    private const string CanBe = "APP is a project folder, a .csproj, a single .cs file or a built .dll.";

    private static readonly string[] ProjectEndings = [".csproj", ".fsproj", ".vbproj"];
    private static readonly string[] ModelEndings = [".flm", ".pkl", ".joblib", ".onnx"];

    /// <summary>Finds the application.</summary>
    /// <param name="context">Settings.</param>
    /// <param name="text">As the user wrote it.</param>
    /// <exception cref="FlamaException">There is none, or nothing that can be run.</exception>
    public static AppTarget Find(CommandContext context, string text)
    {
        var folder = context.Values.Get(ServerSettings.AppDir);
        if (folder is not null && !Directory.Exists(folder))
        {
            throw context.UsageError($"{ServerSettings.AppDir.Name} is '{folder}', which is not a directory.", "Check the path.");
        }

        var path = System.IO.Path.GetFullPath(System.IO.Path.Combine(folder ?? ".", text));
        if (Directory.Exists(path))
        {
            return Of(context, text, InFolder(context, text, path), folder);
        }

        if (File.Exists(path))
        {
            return Of(context, text, path, folder);
        }

        throw IsPython(text) ? Python(context, text) : MissingFile.Named("application", path, CanBe);
    }

    // A project runs where its settings and its static files are, as the SDK has it.
    private static AppTarget Of(CommandContext context, string text, string path, string? folder)
    {
        var ending = System.IO.Path.GetExtension(path);
        var here = System.IO.Path.GetFullPath(folder ?? ".");
        if (ProjectEndings.Contains(ending, StringComparer.OrdinalIgnoreCase))
        {
            return new(path, AppKind.Project, folder is null ? System.IO.Path.GetDirectoryName(path)! : here);
        }

        return ending.ToUpperInvariant() switch
        {
            ".CS" => new(path, AppKind.Source, here),
            ".DLL" when !File.Exists(System.IO.Path.ChangeExtension(path, ".runtimeconfig.json")) => throw context.UsageError(
                $"'{text}' is not an application: there is no {System.IO.Path.GetFileNameWithoutExtension(path)}.runtimeconfig.json beside it.",
                "Name the assembly that the project of the application builds."),
            ".DLL" => new(path, AppKind.Assembly, here),
            ".PY" => throw Python(context, text),
            var other when ModelEndings.Contains(other, StringComparer.OrdinalIgnoreCase) =>
                throw context.UsageError($"'{text}' is a model, not an application.", $"Write: flama serve {text}"),
            _ => throw context.UsageError($"'{text}' is not an application that can be run.", CanBe),
        };
    }

    private static string InFolder(CommandContext context, string text, string folder)
    {
        var projects = Directory.EnumerateFiles(folder).Where(file => ProjectEndings.Contains(System.IO.Path.GetExtension(file))).Order(StringComparer.Ordinal).ToList();
        var files = projects.Count > 0 ? projects : [.. Directory.EnumerateFiles(folder, "*.cs").Order(StringComparer.Ordinal)];
        return files.Count switch
        {
            1 => files[0],
            0 => throw context.UsageError($"The folder '{text}' has no project and no .cs file.", CanBe),
            _ => throw context.UsageError(
                $"The folder '{text}' has {files.Count} candidates: {string.Join(", ", files.Take(5).Select(file => System.IO.Path.GetFileName(file)))}.",
                "Name one of them."),
        };
    }

    // foo.py, foo.py:app, package.module:app
    private static bool IsPython(string text) =>
        text.EndsWith(".py", StringComparison.OrdinalIgnoreCase) || (text.LastIndexOf(':') > 1 && !text.Contains("://", StringComparison.Ordinal));

    private static FlamaException Python(CommandContext context, string text) =>
        context.UsageError($"'{text}' names a Python module, and Python cannot be run here.", $"{CanBe} For a model file: flama serve MODEL");
}
