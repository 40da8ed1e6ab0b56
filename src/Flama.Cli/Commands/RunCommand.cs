using System.Diagnostics;
using Flama.Cli.Errors;
using Flama.Cli.Running;
using Flama.Cli.Settings;

namespace Flama.Cli.Commands;

/// <summary><c>flama run APP</c>: builds and runs an application of the user's own.</summary>
internal sealed class RunCommand() : CliCommand("run", "Builds and runs an application of your own.")
{
    private static readonly Positional App =
        new("APP", "The application: a project folder, a .csproj, a single .cs file or a built .dll.") { Variable = "FLAMA_APP", IsFile = true };

    /// <inheritdoc/>
    public override IReadOnlyList<string> Details =>
    [
        "APP is a project folder, a .csproj, a single .cs file or a built .dll. Server options reach it as the variables that ASP.NET Core reads; "
        + "what it decides in its own code stays so. It has this program's streams, gets its signals and gives the exit code. With "
        + "--server-reload the sources are watched and changes go into the running application (dotnet watch).",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "  flama run app.cs",
        "  flama run ChurnApi --server-port 8080 --server-reload",
        "  flama run ChurnApi/bin/Release/net10.0/ChurnApi.dll --server-uds app.sock",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Positional> Positionals { get; } = [App];

    /// <inheritdoc/>
    public override IReadOnlyList<SettingGroup> Groups =>
    [
        new("Application", [ServerSettings.AppDir]),
        .. ServerSettings.Groups.Select(group => group with { Settings = [.. group.Settings.Where(setting => setting != ServerSettings.AppDir)] }),
    ];

    /// <inheritdoc/>
    public override Task<int> RunAsync(CommandContext context) => RunAsync(
        context,
        context.Values.Get(App) ?? throw context.UsageError("No APP was given.", "Write: flama run APP, or set FLAMA_APP."));

    /// <summary>Builds and runs an application, whatever command names it.</summary>
    /// <param name="context">Settings and streams.</param>
    /// <param name="text">The application, as the user wrote it.</param>
    /// <returns>The application's exit code.</returns>
    /// <exception cref="FlamaException">There is none, or nothing that can be run.</exception>
    public static async Task<int> RunAsync(CommandContext context, string text)
    {
        var target = AppTarget.Find(context, text);
        var variables = AppEnvironment.Of(context);
        var host = DotnetHost.Find(context);
        var isWatched = context.Values.Get(ServerSettings.Reload) && target.Kind != AppKind.Assembly;
        if (target.Kind != AppKind.Assembly)
        {
            DotnetHost.RequireSdk(host);
        }
        else if (context.Values.Get(ServerSettings.Reload))
        {
            context.Notices.Add($"Without effect for a built application: {ServerSettings.Reload.Name}");
        }

        foreach (var notice in context.Notices)
        {
            context.Console.Error.WriteLine($"WARNING:  {notice}");
        }

        if (isWatched)
        {
            return await AppProcess.RunAsync(Start(host, WatchArguments(target), target, variables), context.Console.IsInputTerminal, isWatched);
        }

        var assembly = target.Kind == AppKind.Assembly ? target.Path : await AppBuild.RunAsync(host, target, context.Console.Error);
        if (assembly is null)
        {
            context.Console.Error.Write(FailureText.NotBuilt(text));
            return 1;
        }

        return await AppProcess.RunAsync(Start(host, ["exec", assembly], target, variables), context.Console.IsInputTerminal, isWatched);
    }

    private static string[] WatchArguments(AppTarget target) => target.Kind == AppKind.Source
        ? ["watch", "--non-interactive", "run", "--file", target.Path, "--no-launch-profile", AppBuild.NoNativeCode]
        : ["watch", "--non-interactive", "--project", target.Path, "run", "--no-launch-profile"];

    private static ProcessStartInfo Start(string host, IReadOnlyList<string> arguments, AppTarget target, Dictionary<string, string> variables)
    {
        ProcessStartInfo start = new(host, arguments) { UseShellExecute = false, WorkingDirectory = target.Folder };
        foreach (var (name, value) in variables)
        {
            start.Environment[name] = value;
        }

        start.Environment["DOTNET_WATCH_SUPPRESS_EMOJIS"] = "1";
        return start;
    }
}
