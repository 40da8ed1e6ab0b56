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

    /// <summary>The engines that load models.</summary>
    public ModelEngines Engines => Console.Engines;

    /// <summary>The values of settings.</summary>
    public SettingValues Values { get; private set; } = new(line, console.Variable);

    /// <summary>What to warn of once the log is there, one line each.</summary>
    public List<string> Notices { get; } = [];

    /// <summary>The configuration file among the sources of values; null for none.</summary>
    public ConfigurationFile? Configuration { get; private set; }

    /// <summary>Reads a configuration file, and the file of variables that is named there or elsewhere, and adds them as sources of values.</summary>
    /// <param name="configuration">The configuration file; null for none.</param>
    /// <exception cref="FlamaException">A file is missing or wrong.</exception>
    public void AddFiles(string? configuration)
    {
        if (configuration is not null)
        {
            Configuration = ConfigurationFile.Read(configuration);
            Values = Values.With(Configuration);
        }

        if (Values.Find(ServerSettings.EnvFile) is { } variables)
        {
            Values = Values.With(new VariableLayer(EnvironmentFile.Read(variables.Text).GetValueOrDefault, variables.Text));
        }
    }

    /// <summary>The failure for something wrong with the command line itself.</summary>
    public FlamaException UsageError(string message, string? remedy = null) =>
        new(ErrorCodes.InvalidOption, message, remedy ?? $"See: {Line.Path} --help");
}
