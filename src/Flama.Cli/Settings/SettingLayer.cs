namespace Flama.Cli.Settings;

/// <summary>One of the sources of values.</summary>
internal abstract class SettingLayer
{
    /// <summary>The kind of source.</summary>
    public abstract SettingRank Rank { get; }

    /// <summary>What it has for a setting; null for nothing.</summary>
    public abstract SettingEntry? Find(Setting setting);

    /// <summary>What it has for an argument; null for nothing.</summary>
    public virtual SettingEntry? Find(Positional positional) => null;
}
