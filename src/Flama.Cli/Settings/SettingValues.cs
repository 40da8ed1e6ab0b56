using Flama.Cli.Parsing;

namespace Flama.Cli.Settings;

/// <summary>
/// Where the command line, the environment, a file of variables, the configuration file and the defaults meet: the first of them that sets a
/// value wins. Nothing else in the program decides between them.
/// </summary>
internal sealed class SettingValues
{
    private readonly IReadOnlyList<SettingLayer> layers;
    private readonly IReadOnlyList<Setting> settings;

    /// <summary>Values from the command line and the environment.</summary>
    public SettingValues(CommandLine line, Func<string, string?> environment)
        : this([new CommandLineLayer(line), new VariableLayer(environment)], [.. line.Command.AllSettings])
    {
    }

    private SettingValues(IEnumerable<SettingLayer> layers, IReadOnlyList<Setting> settings)
    {
        this.layers = [.. layers.OrderBy(layer => layer.Rank)];
        this.settings = settings;
    }

    /// <summary>The same with one more source, which goes where its rank says.</summary>
    public SettingValues With(SettingLayer layer) => new(layers.Append(layer), settings);

    /// <summary>What sets a setting, and where; null for its default.</summary>
    public SettingEntry? Find(Setting setting) => layers.Select(layer => layer.Find(setting)).FirstOrDefault(entry => entry is not null);

    /// <summary>What sets an argument, and where; null for nothing.</summary>
    public SettingEntry? Find(Positional positional) => layers.Select(layer => layer.Find(positional)).FirstOrDefault(entry => entry is not null);

    /// <summary>The value of a setting.</summary>
    /// <exception cref="FlamaException">What the user wrote is not such a value.</exception>
    public T Get<T>(Setting<T> setting) => Find(setting) is { } entry ? setting.Read(entry.Text, entry.Origin.InMessage) : setting.Default;

    /// <summary>The values of a setting that can be given several times.</summary>
    public IReadOnlyList<string> GetAll(Setting setting) => Find(setting)?.Texts ?? [];

    /// <summary>The value of an argument; null for none.</summary>
    public string? Get(Positional positional) => Find(positional)?.Text;

    /// <summary>What stands for an argument beside the command line; null for nothing.</summary>
    public string? FromEnvironment(Positional positional) => layers
        .Where(layer => layer.Rank != SettingRank.CommandLine).Select(layer => layer.Find(positional)).FirstOrDefault(entry => entry is not null)?.Text;

    /// <summary>Whether the option is on the command line.</summary>
    public bool IsOnCommandLine(Setting setting) => Find(setting)?.Origin.Rank == SettingRank.CommandLine;

    /// <summary>Whether anything sets it.</summary>
    public bool IsSet(Setting setting) => Find(setting) is not null;

    /// <summary>Whether the user asks for something: a configuration file with every key in it asks for nothing where it has the default.</summary>
    public bool IsAsked(Setting setting) => Find(setting) is { } entry
        && !(entry.Origin.Rank == SettingRank.ConfigurationFile && Equals(setting.ReadValue(entry.Text, entry.Origin.InMessage), setting.DefaultValue));

    /// <summary>Reads every value once, so that a wrong one is found before anything begins.</summary>
    /// <exception cref="FlamaException">What the user wrote is not such a value.</exception>
    public void Check()
    {
        foreach (var (setting, entry) in settings.Select(setting => (setting, Find(setting))).Where(pair => pair.Item2 is not null))
        {
            foreach (var text in entry!.Texts)
            {
                setting.ReadValue(text, entry.Origin.InMessage);
            }
        }
    }

    /// <summary>Sets the properties of an object that options of the command stand for.</summary>
    public void Apply(object target)
    {
        foreach (var setting in settings)
        {
            setting.Apply(this, target);
        }
    }
}
