using Flama.Cli.Parsing;

namespace Flama.Cli.Settings;

/// <summary>
/// Where the command line, the environment, a file of variables, the configuration file and the defaults meet: the first of them that says
/// something wins. Nothing else in the program decides between them.
/// </summary>
internal sealed class SettingValues
{
    private readonly IReadOnlyList<SettingLayer> layers;

    /// <summary>Values from the command line and the environment.</summary>
    public SettingValues(CommandLine line, Func<string, string?> environment)
        : this([new CommandLineLayer(line), new VariableLayer(environment)])
    {
    }

    private SettingValues(IEnumerable<SettingLayer> layers) => this.layers = [.. layers.OrderBy(layer => layer.Rank)];

    /// <summary>The same with one more place, which goes where its rank says.</summary>
    public SettingValues With(SettingLayer layer) => new(layers.Append(layer));

    /// <summary>What was said of a setting, and where; null when nobody said anything.</summary>
    public SettingEntry? Find(Setting setting) => layers.Select(layer => layer.Find(setting)).FirstOrDefault(entry => entry is not null);

    /// <summary>What was said of an argument, and where; null when nobody said anything.</summary>
    public SettingEntry? Find(Positional positional, int index) =>
        layers.Select(layer => layer.Find(positional, index)).FirstOrDefault(entry => entry is not null);

    /// <summary>The value of a setting.</summary>
    /// <exception cref="FlamaException">What the user wrote is no such value.</exception>
    public T Get<T>(Setting<T> setting) => Find(setting) is { } entry ? setting.Read(entry.Text, entry.Origin.InMessage) : setting.Default;

    /// <summary>The values of a setting that can be given several times; a variable has one a line.</summary>
    public IReadOnlyList<string> GetAll(Setting setting) => Find(setting) switch
    {
        null => [],
        { Origin.Rank: SettingRank.Environment or SettingRank.EnvironmentFile } entry =>
            entry.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries),
        var entry => entry.Texts,
    };

    /// <summary>The value of an argument; null when nobody gave one.</summary>
    /// <param name="positional">The argument.</param>
    /// <param name="index">Its place on the command line.</param>
    public string? Get(Positional positional, int index) => Find(positional, index)?.Text;

    /// <summary>What stands for an argument beside the command line; null when nothing does.</summary>
    public string? FromEnvironment(Positional positional) => Find(positional, int.MaxValue)?.Text;

    /// <summary>Whether the user wrote the option on the command line.</summary>
    public bool IsOnCommandLine(Setting setting) => Find(setting)?.Origin.Rank == SettingRank.CommandLine;

    /// <summary>Whether the user set it at all.</summary>
    public bool IsSet(Setting setting) => Find(setting) is not null;

    /// <summary>Whether the user asks for something: a configuration file with every key in it asks for nothing where it has the default.</summary>
    public bool IsAsked(Setting setting) => Find(setting) is { } entry
        && !(entry.Origin.Rank == SettingRank.ConfigurationFile && Equals(setting.ReadValue(entry.Text, entry.Origin.InMessage), setting.DefaultValue));
}
