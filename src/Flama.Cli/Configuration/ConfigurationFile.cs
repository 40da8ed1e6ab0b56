using Flama.Cli.Settings;
using Flama.Hosting.Configuration;

namespace Flama.Cli.Configuration;

/// <summary>A configuration file, read and checked: the settings, the models and the log configuration in it.</summary>
/// <param name="path">The file, as the user wrote it.</param>
internal sealed class ConfigurationFile(string path) : SettingLayer
{
    private readonly Dictionary<string, SettingEntry> entries = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override SettingRank Rank => SettingRank.ConfigurationFile;

    /// <summary>The file, as the user wrote it.</summary>
    public string Path => path;

    /// <summary>The models it names; null when it has no list of models.</summary>
    public IReadOnlyList<ModelEntry>? Models { get; private set; }

    /// <summary>An application that it names instead of describing one; null for none.</summary>
    public SettingEntry? Application { get; private set; }

    /// <summary>The log's configuration where it stands in this file; null when it does not.</summary>
    public ConfigNode? LogConfiguration { get; private set; }

    /// <summary>The keys without a meaning here.</summary>
    public IReadOnlyCollection<string> Ignored => ignored;

    private readonly HashSet<string> ignored = new(StringComparer.Ordinal);

    /// <summary>Reads a file.</summary>
    /// <exception cref="FlamaException">It cannot be read, a key is unknown, or a value is of another type.</exception>
    public static ConfigurationFile Read(string path)
    {
        ConfigurationFile file = new(path);
        var root = ConfigDocument.Read(path, "configuration file");
        if (root.Kind != ConfigNodeKind.Map)
        {
            throw file.Wrong("The file", root, "an object with app and server");
        }

        foreach (var (key, value) in root.Members)
        {
            switch (key)
            {
                case ConfigKeys.App when value.IsScalar:
                    file.Application = new([value.Text], file.OriginOf(key, value));
                    break;
                case ConfigKeys.App or ConfigKeys.Server:
                    file.ReadSection(key, value);
                    break;
                default:
                    throw ConfigKeys.Unknown(key, value.Line, path);
            }
        }

        return file;
    }

    /// <inheritdoc/>
    public override SettingEntry? Find(Setting setting) => entries.GetValueOrDefault(setting.Name);

    private void ReadSection(string section, ConfigNode node)
    {
        if (node.Kind == ConfigNodeKind.Null)
        {
            return;
        }

        if (node.Kind != ConfigNodeKind.Map)
        {
            throw Wrong(section, node, "an object");
        }

        foreach (var (name, value) in node.Members)
        {
            var key = $"{section}.{name}";
            if (key == ConfigKeys.Models)
            {
                Models = value.Kind == ConfigNodeKind.Null ? null : ModelNode.ReadAll(value, OriginOf(key, value), path, key, ignored);
            }
            else if (!ConfigKeys.Settings.TryGetValue(key, out var setting))
            {
                throw ConfigKeys.Unknown(key, value.Line, path);
            }
            else if (value.Kind != ConfigNodeKind.Null)
            {
                ReadValue(key, setting, value);
            }
        }
    }

    private void ReadValue(string key, Setting setting, ConfigNode value)
    {
        if (key == ConfigKeys.LogConfig && value.Kind == ConfigNodeKind.Map)
        {
            LogConfiguration = value;
            entries[setting.Name] = new([path], OriginOf(key, value));
            return;
        }

        // A flag of Python's own that is off asks for nothing.
        if (setting.IsFlag && value.Text == "false" && setting.IsForeign)
        {
            return;
        }

        var origin = OriginOf(key, value);
        IReadOnlyList<string> texts = ConfigValue.TextsOf(setting, value) ?? throw Wrong(key, value, setting.Kind.Expected);
        foreach (var text in texts)
        {
            setting.ReadValue(text, origin.InMessage);
        }

        if (texts.Count > 0)
        {
            entries[setting.Name] = new([.. texts.Select(text => setting.Kind.IsFile ? ConfigPath.Of(path, text) : text)], origin);
        }
    }

    private SettingOrigin OriginOf(string key, ConfigNode node) => new(Rank, key, path, node.Line);

    private FlamaException Wrong(string key, ConfigNode node, string expected) =>
        new(ErrorCodes.InvalidOption, $"{key} (line {node.Line} of '{path}') is {node.InMessage}, expected {expected}.");
}
