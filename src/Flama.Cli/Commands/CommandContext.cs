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

    /// <summary>Takes more variables into account; those of the process win.</summary>
    public void AddVariables(IReadOnlyDictionary<string, string> variables) =>
        Values = new SettingValues(Line, name => Console.Variable(name) is { Length: > 0 } value ? value : variables.GetValueOrDefault(name));

    /// <summary>The failure for something wrong with the command line itself.</summary>
    public FlamaException UsageError(string message, string? remedy = null) =>
        new(ErrorCodes.InvalidOption, message, remedy ?? $"See: {Line.Path} --help");
}
