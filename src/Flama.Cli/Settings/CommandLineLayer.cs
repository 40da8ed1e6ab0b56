using Flama.Cli.Parsing;

namespace Flama.Cli.Settings;

/// <summary>What the command line sets. An empty option is a value.</summary>
internal sealed class CommandLineLayer(CommandLine line) : SettingLayer
{
    /// <inheritdoc/>
    public override SettingRank Rank => SettingRank.CommandLine;

    /// <inheritdoc/>
    public override SettingEntry? Find(Setting setting) => line.TextsOf(setting) is { Count: > 0 } texts ? new(texts, new(Rank, setting.Name)) : null;

    /// <inheritdoc/>
    public override SettingEntry? Find(Positional positional) => line.TextOf(positional) is { } text ? new([text], new(Rank, positional.Name)) : null;
}
