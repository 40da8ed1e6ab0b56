using Flama.Cli.Configuration;
using Flama.Cli.Serving;
using Flama.Cli.Settings;

namespace Flama.Cli.Commands;

/// <summary><c>flama config [CONFIG]</c>: shows every value in effect and where it came from.</summary>
internal sealed class ConfigCommand() : CliCommand("config", "Shows every value in effect and where it came from.")
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Details =>
    [
        "Reads the command line, the environment, a file of variables and the configuration file as 'flama start' does, checks them, and "
        + "prints each value with its origin instead of serving. Without CONFIG flama.json is read if it is there. Passwords and headers "
        + "with credentials are not shown.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "  flama config",
        "  FLAMA_SERVER_PORT=80 flama config production.yaml --output json",
        "  flama serve churn.flm --server-port 0 --explain-config",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Positional> Positionals { get; } = [ConfigSettings.Config];

    /// <inheritdoc/>
    public override IReadOnlyList<SettingGroup> Groups => [.. ConfigKeys.Groups, new("Showing", [ConfigSettings.Output])];

    /// <inheritdoc/>
    public override Task<int> RunAsync(CommandContext context)
    {
        var path = context.Values.Get(ConfigSettings.Config) ?? (File.Exists(ConfigSettings.DefaultFile) ? ConfigSettings.DefaultFile : null);
        context.AddFiles(path);
        return Task.FromResult(ConfigReport.Write(context, ServerPlan.Read(context)));
    }
}
