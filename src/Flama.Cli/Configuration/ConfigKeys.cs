using Flama.Cli.Parsing;
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

    /// <summary>The settings by their keys.</summary>
    public static IReadOnlyDictionary<string, Setting> Settings { get; } = ServeSettings.Groups
        .SelectMany(group => group.Settings)
        .Select(setting => (Key: Of(setting), Setting: setting))
        .Where(pair => pair.Key is not null)
        .ToDictionary(pair => pair.Key!, pair => pair.Setting, StringComparer.Ordinal);

    /// <summary>The key of a setting, <c>server.log_level</c> for <c>--server-log-level</c>; null when it has none.</summary>
    public static string? Of(Setting setting)
    {
        var words = setting.Name[2..].Split('-', 2);
        return words.Length == 2 && words[0] is App or Server ? $"{words[0]}.{words[1].Replace('-', '_')}" : null;
    }

    /// <summary>The failure for a key that nobody knows.</summary>
    /// <param name="key">Its full name.</param>
    /// <param name="line">Its line.</param>
    /// <param name="file">The file.</param>
    public static FlamaException Unknown(string key, int line, string file)
    {
        var known = Settings.Keys.Append(Models).Append(App).Append(Server).ToList();

        // A key at the wrong place is near as well: title for app.title.
        var last = key[(key.LastIndexOf('.') + 1)..];
        var nearest = known.Find(name => name.EndsWith($".{last}", StringComparison.Ordinal)) ?? Nearest.To(key, known);
        return new FlamaException(
            ErrorCodes.InvalidOption,
            $"'{file}' has the key {key} on line {line}, which is not known.",
            nearest is null ? "See: flama start --create-config full" : $"Did you mean {nearest}?");
    }
}
