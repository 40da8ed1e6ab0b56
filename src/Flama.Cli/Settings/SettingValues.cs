using Flama.Cli.Parsing;

namespace Flama.Cli.Settings;

/// <summary>Where the command line, the environment and the defaults meet: the first of them that says something wins.</summary>
/// <remarks>An empty variable says nothing, as in the Python original; an empty option on the command line is a value.</remarks>
internal sealed class SettingValues(CommandLine line, Func<string, string?> environment)
{
    /// <summary>The value of a setting.</summary>
    /// <exception cref="FlamaException">What the user wrote is no such value.</exception>
    public T Get<T>(Setting<T> setting)
    {
        if (line.TextOf(setting) is { } text)
        {
            return setting.Read(text, setting.Name);
        }

        return Variable(setting.EnvironmentName) is { } variable ? setting.Read(variable, setting.EnvironmentName) : setting.Default;
    }

    /// <summary>The values of a setting that can be given several times; a variable has one a line.</summary>
    public IReadOnlyList<string> GetAll(Setting setting)
    {
        var texts = line.TextsOf(setting);
        return texts.Count > 0 ? texts : Variable(setting.EnvironmentName)?.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
    }

    /// <summary>The value of an argument; null when nobody gave one.</summary>
    /// <param name="positional">The argument.</param>
    /// <param name="index">Its place on the command line.</param>
    public string? Get(Positional positional, int index) =>
        index < line.Positionals.Count
            ? line.Positionals[index]
            : FromEnvironment(positional);

    /// <summary>What the environment says for an argument; null when it says nothing.</summary>
    public string? FromEnvironment(Positional positional) => positional.EnvironmentName is { } name ? Variable(name) : null;

    /// <summary>Whether the user wrote the option on the command line.</summary>
    public bool IsOnCommandLine(Setting setting) => line.TextOf(setting) is not null;

    /// <summary>Whether the user set it at all, on the command line or in the environment.</summary>
    public bool IsSet(Setting setting) => IsOnCommandLine(setting) || Variable(setting.EnvironmentName) is not null;

    private string? Variable(string name) => environment(name) is { Length: > 0 } value ? value : null;
}
