namespace Flama.Cli.Settings;

/// <summary>What one source has for a setting.</summary>
/// <param name="Texts">The texts, in their order; never empty.</param>
/// <param name="Origin">The source.</param>
internal sealed record SettingEntry(IReadOnlyList<string> Texts, SettingOrigin Origin)
{
    /// <summary>The text of a setting that has one value: the last one wins.</summary>
    public string Text => Texts[^1];
}
