namespace Flama.Cli.Settings;

/// <summary>What variables set, those of the process or those of a file. An empty variable sets nothing, as in the Python original.</summary>
/// <param name="variable">Reads a variable; null when it is not set.</param>
/// <param name="file">The file they are in; null for the process.</param>
internal sealed class VariableLayer(Func<string, string?> variable, string? file = null) : SettingLayer
{
    private const StringSplitOptions Parts = StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries;

    /// <inheritdoc/>
    public override SettingRank Rank => file is null ? SettingRank.Environment : SettingRank.EnvironmentFile;

    /// <inheritdoc/>
    public override SettingEntry? Find(Setting setting)
    {
        var entry = Find(setting.Variable) ?? (setting.OtherVariable is { } other ? Find(other) : null);
        if (entry is null || !setting.Kind.CanRepeat)
        {
            return entry;
        }

        // One value per line; the original splits its own variables at spaces too.
        char[]? separators = entry.Origin.Label == setting.Variable ? ['\n'] : null;
        return entry.Text.Split(separators, Parts) is { Length: > 0 } texts ? entry with { Texts = texts } : null;
    }

    /// <inheritdoc/>
    public override SettingEntry? Find(Positional positional) => positional.Variable is { } name ? Find(name) : null;

    private SettingEntry? Find(string name) => variable(name) is { Length: > 0 } value ? new([value], new(Rank, name, file)) : null;
}
