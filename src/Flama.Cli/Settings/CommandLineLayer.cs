using Flama.Cli.Parsing;

namespace Flama.Cli.Settings;

/// <summary>What the command line says. An empty option is a value.</summary>
internal sealed class CommandLineLayer(CommandLine line) : SettingLayer
{
    /// <inheritdoc/>
    public override SettingRank Rank => SettingRank.CommandLine;

    /// <inheritdoc/>
    public override SettingEntry? Find(Setting setting) =>
        line.TextsOf(setting) is { Count: > 0 } texts ? new(texts, new(Rank, setting.Name)) : null;

    /// <inheritdoc/>
    public override SettingEntry? Find(Positional positional, int index) =>
        index < line.Positionals.Count ? new([line.Positionals[index]], new(Rank, positional.Name)) : null;
}
