using Flama.Cli.Settings;

namespace Flama.Cli.Commands;

/// <summary><c>flama</c> itself.</summary>
internal sealed class ProgramCommand : CliCommand
{
    /// <summary>Print the version.</summary>
    public static readonly Setting<bool> Version = SettingKinds.Flag("--version", "Print the version, the runtime and the platform.");

    /// <inheritdoc/>
    public override string Name => "flama";

    /// <inheritdoc/>
    public override string Summary => "Serves machine-learning models, and answers from them, without Python.";

    /// <inheritdoc/>
    public override IReadOnlyList<SettingGroup> Groups { get; } = [new("Options", [Version])];

    /// <inheritdoc/>
    public override IReadOnlyList<CliCommand> Subcommands { get; } =
    [
        new CompletionCommand(), new ConfigCommand(), new ModelCommand(), new PackageCommand(), new RunCommand(), new ServeCommand(), new StartCommand(),
    ];

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

    /// <inheritdoc/>
    public override Task<int> RunAsync(CommandContext context) =>
        throw context.UsageError("No command was given.", "See: flama --help");
}
