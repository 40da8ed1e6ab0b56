using Flama.Cli.Settings;
using Flama.Hosting.Configuration;

namespace Flama.Cli.Configuration;

/// <summary>Values of a file in the words of the command line, so that both are read by the same code.</summary>
internal static class ConfigValue
{
    /// <summary>The texts of a value; null when the setting cannot take a value of that type.</summary>
    public static IReadOnlyList<string>? TextsOf(Setting setting, ConfigNode value) => value.Kind switch
    {
        ConfigNodeKind.List when setting == ServerSettings.Headers => All(value.Items, HeaderOf),
        ConfigNodeKind.Map when setting == ServerSettings.Headers => All(value.Members, member => HeaderOf(member.Key, member.Value)),
        ConfigNodeKind.List when setting == ServerSettings.ForwardedAllowIps =>
            All(value.Items, ScalarOf) is { } addresses ? [string.Join(',', addresses)] : null,
        ConfigNodeKind.List when setting.Kind.CanRepeat => All(value.Items, ScalarOf),
        ConfigNodeKind.Boolean when setting.IsFlag || setting.Kind.BareText is not null => [value.Text],
        ConfigNodeKind.Text or ConfigNodeKind.Number => [value.Text],
        _ => null,
    };

    private static string? ScalarOf(ConfigNode node) => node.Kind is ConfigNodeKind.Text or ConfigNodeKind.Number ? node.Text : null;

    // The server of the Python original takes pairs.
    private static string? HeaderOf(ConfigNode node) => node switch
    {
        { Kind: ConfigNodeKind.List, Items: [{ Kind: ConfigNodeKind.Text } name, var value] } => HeaderOf(name.Text, value),
        _ => ScalarOf(node),
    };

    private static string? HeaderOf(string name, ConfigNode value) => ScalarOf(value) is { } text ? $"{name}:{text}" : null;

    private static List<string>? All<T>(List<T> items, Func<T, string?> read)
    {
        List<string> texts = new(items.Count);
        foreach (var item in items)
        {
            if (read(item) is not { } text)
            {
                return null;
            }

            texts.Add(text);
        }

        return texts;
    }
}
