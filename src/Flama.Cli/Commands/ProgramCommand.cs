using Flama.Cli.Settings;

namespace Flama.Cli.Commands;

/// <summary><c>flama</c> itself.</summary>
internal sealed class ProgramCommand : CliCommand
{
    /// <summary>Makes the program with its commands.</summary>
    public ProgramCommand()
        : base("flama", "Serves machine-learning models, and answers from them, without Python.")
    {
        foreach (var command in new CliCommand[]
        {
            new AuditCommand(), new CompletionCommand(), new ConfigCommand(), new HealthCommand(), new InspectCommand(), new KeyCommand(), new ModelCommand(), new PackageCommand(), new PullCommand(), new RunCommand(), new SchemaCommand(), new ServeCommand(), new StartCommand(),
        })
        {
            Subcommands.Add(command);
        }
    }

    /// <summary>The commands.</summary>
    public IEnumerable<CliCommand> Commands => Subcommands.Cast<CliCommand>();

    /// <inheritdoc/>
    public override IReadOnlyList<SettingGroup> Groups => [new("Options", [GeneralSettings.Version])];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "  flama serve churn.flm",
        "  flama model churn.flm predict --file rows.json",
        "  flama package churn.pkl --output churn.flm",
        "  flama start flama.json",
    ];

    /// <inheritdoc/>
    public override bool BareShowsHelp => true;

    /// <summary>Adds the options and arguments of some commands for the parser.</summary>
    /// <param name="isMeant">Which commands.</param>
    /// <returns>The settings by every name.</returns>
    public IReadOnlyDictionary<string, Setting> Declare(Func<CliCommand, bool> isMeant)
    {
        Dictionary<string, Setting> settings = new(StringComparer.Ordinal);
        foreach (var command in Commands.Where(isMeant).Prepend(this))
        {
            command.Declare(settings);
        }

        return settings;
    }

    /// <inheritdoc/>
    public override Task<int> RunAsync(CommandContext context) => throw context.UsageError("No command was given.", "See: flama --help");
}
