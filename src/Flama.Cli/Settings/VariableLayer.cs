namespace Flama.Cli.Settings;

/// <summary>What variables say, those of the process or those of a file. An empty variable says nothing, as in the Python original.</summary>
/// <param name="variable">Reads a variable; null when it is not set.</param>
/// <param name="file">The file they stand in; null for the process.</param>
internal sealed class VariableLayer(Func<string, string?> variable, string? file = null) : SettingLayer
{
    /// <inheritdoc/>
    public override SettingRank Rank => file is null ? SettingRank.Environment : SettingRank.EnvironmentFile;

    /// <inheritdoc/>
    public override SettingEntry? Find(Setting setting) => Find(setting.EnvironmentName);

    /// <inheritdoc/>
    public override SettingEntry? Find(Positional positional, int index) => positional.EnvironmentName is { } name ? Find(name) : null;

    private SettingEntry? Find(string name) => variable(name) is { Length: > 0 } value ? new([value], new(Rank, name, file)) : null;
}
