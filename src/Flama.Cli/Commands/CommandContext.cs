using Flama.Cli.Configuration;
using Flama.Cli.Parsing;
using Flama.Cli.Settings;

namespace Flama.Cli.Commands;

/// <summary>What a command works with.</summary>
internal sealed class CommandContext(CommandLine line, CliConsole console)
{
    /// <summary>The parsed command line.</summary>
    public CommandLine Line { get; } = line;

    /// <summary>Streams and variables of the process.</summary>
    public CliConsole Console { get; } = console;

    /// <summary>The values of settings.</summary>
    public SettingValues Values { get; private set; } = new(line, console.Variable);

    /// <summary>What to warn of once the log is there, one line each.</summary>
    public List<string> Notices { get; } = [];

    /// <summary>Takes one more place of values into account.</summary>
    public void Add(SettingLayer layer)
    {
        Values = Values.With(layer);
        Configuration = layer as ConfigurationFile ?? Configuration;
    }

    /// <summary>The configuration file among the places; null for none.</summary>
    public ConfigurationFile? Configuration { get; private set; }

    /// <summary>The failure for something wrong with the command line itself.</summary>
    public FlamaException UsageError(string message, string? remedy = null) =>
        new(ErrorCodes.InvalidOption, message, remedy ?? $"See: {Line.Path} --help");
}
