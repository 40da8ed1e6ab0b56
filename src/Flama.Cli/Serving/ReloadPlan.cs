using Flama.Cli.Commands;
using Flama.Cli.Settings;
using Flama.Hosting.Reloading;

namespace Flama.Cli.Serving;

/// <summary>Reads what the user decided about watching files.</summary>
internal static class ReloadPlan
{
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
        if (directories.FirstOrDefault(directory => !Directory.Exists(directory)) is { } missing)
        {
            throw context.UsageError($"{ServerSettings.ReloadDirectories.Name} is '{missing}', and there is no such directory.", "Check the path.");
        }

        ReloadOptions defaults = new();
        return new()
        {
            Directories = directories,
            Includes = Or(values.GetAll(ServerSettings.ReloadIncludes), defaults.Includes),
            Excludes = Or(values.GetAll(ServerSettings.ReloadExcludes), defaults.Excludes),
            Delay = TimeSpan.FromSeconds(Math.Clamp(values.Get(ServerSettings.ReloadDelay), 0.01, 3600)),
        };
    }

    private static IReadOnlyList<string> Or(IReadOnlyList<string> given, IReadOnlyList<string> otherwise) => given.Count > 0 ? given : otherwise;
}
