using Flama.Cli.Commands;
using Flama.Cli.Settings;

namespace Flama.Cli.Reloading;

/// <summary>What the user decided about watching files.</summary>
/// <param name="Directories">Directories whose files are watched beside the model files.</param>
/// <param name="Includes">The names of files to watch there.</param>
/// <param name="Excludes">The names of files and directories to leave out.</param>
/// <param name="Delay">How often to look, and how long a file rests before it is loaded.</param>
internal sealed record ReloadOptions(
    IReadOnlyList<string> Directories, IReadOnlyList<string> Includes, IReadOnlyList<string> Excludes, TimeSpan Delay)
{
    private static readonly string[] DefaultIncludes = ["*"];
    private static readonly string[] DefaultExcludes = [".*", "*~", "*.swp", "*.tmp"];

    /// <summary>Collects the options; null when nothing is watched.</summary>
    /// <exception cref="FlamaException">A value is wrong, or a directory does not exist.</exception>
    public static ReloadOptions? Read(CommandContext context)
    {
        var values = context.Values;
        if (!values.Get(ServerSettings.Reload))
        {
            var lonely = ServerSettings.ReloadGroup.Settings.Where(setting => setting != ServerSettings.Reload && values.IsAsked(setting)).ToList();
            if (lonely.Count > 0)
            {
                context.Notices.Add($"Without effect as long as there is no {ServerSettings.Reload.Name}: {string.Join(", ", lonely.Select(setting => setting.Name))}");
            }

            return null;
        }

        var directories = values.GetAll(ServerSettings.ReloadDirectories);
        return directories.FirstOrDefault(directory => !Directory.Exists(directory)) is { } missing
            ? throw context.UsageError($"{ServerSettings.ReloadDirectories.Name} is '{missing}', and there is no such directory.", "Check the path.")
            : new ReloadOptions(
                directories,
                Or(values.GetAll(ServerSettings.ReloadIncludes), DefaultIncludes),
                Or(values.GetAll(ServerSettings.ReloadExcludes), DefaultExcludes),
                TimeSpan.FromSeconds(Math.Clamp(values.Get(ServerSettings.ReloadDelay), 0.01, 3600)));
    }

    private static IReadOnlyList<string> Or(IReadOnlyList<string> given, IReadOnlyList<string> otherwise) => given.Count > 0 ? given : otherwise;
}
