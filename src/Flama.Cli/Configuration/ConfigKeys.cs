using Flama.Cli.Settings;

namespace Flama.Cli.Configuration;

/// <summary>The keys of a configuration file: those of the options, without <c>--</c>, a dot after the first word and underscores after it.</summary>
internal static class ConfigKeys
{
    /// <summary>The sections.</summary>
    public const string App = "app", Server = "server";

    /// <summary>The list of models.</summary>
    public const string Models = "app.models";

    /// <summary>An object with the log's configuration, or a file with it.</summary>
    public const string LogConfig = "server.log_config";

    /// <summary>The settings of a server and what it serves.</summary>
    public static IReadOnlyList<SettingGroup> Groups => [.. AppSettings.Groups, .. ServerSettings.Groups];

    /// <summary>The settings by their keys.</summary>
    public static IReadOnlyDictionary<string, Setting> Settings { get; } = Groups
        .SelectMany(group => group.Settings)
        .Where(setting => setting.Key is not null)
        .ToDictionary(setting => setting.Key!, StringComparer.Ordinal);

    /// <summary>The failure for a key that is not known.</summary>
    /// <param name="key">Its full name.</param>
    /// <param name="line">Its line.</param>
    /// <param name="file">The file.</param>
    public static FlamaException Unknown(string key, int line, string file)
    {
        var known = Settings.Keys.Append(Models).Append(App).Append(Server).ToList();

        // A key in the wrong section is near as well: title for app.title.
        var last = key[(key.LastIndexOf('.') + 1)..];
        var nearest = known.Find(name => name.EndsWith($".{last}", StringComparison.Ordinal)) ?? Nearest.To(key, known);
        return new FlamaException(
            ErrorCodes.InvalidOption,
            $"'{file}' has the key {key} on line {line}, which is not known.",
            nearest is null ? "See: flama start --create-config full" : $"Did you mean {nearest}?");
    }
}
