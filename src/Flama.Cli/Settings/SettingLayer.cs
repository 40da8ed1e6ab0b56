namespace Flama.Cli.Settings;

/// <summary>One place where values can be said.</summary>
internal abstract class SettingLayer
{
    /// <summary>The kind of place.</summary>
    public abstract SettingRank Rank { get; }

    /// <summary>What it says of a setting; null when it says nothing.</summary>
    public abstract SettingEntry? Find(Setting setting);

    /// <summary>What it says of an argument; null when it says nothing.</summary>
    /// <param name="positional">The argument.</param>
    /// <param name="index">Its place on the command line.</param>
    public virtual SettingEntry? Find(Positional positional, int index) => null;
}
