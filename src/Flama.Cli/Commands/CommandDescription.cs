using Flama.Cli.Settings;

namespace Flama.Cli.Commands;

/// <summary>How a command is called and what its help page says.</summary>
internal abstract class CommandDescription
{
    /// <summary>The word on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>One sentence for the list of commands.</summary>
    public abstract string Summary { get; }

    /// <summary>The paragraphs of the help page after the summary.</summary>
    public virtual IReadOnlyList<string> Description => [];

    /// <summary>The last paragraphs of the help page, printed as they are.</summary>
    public virtual IReadOnlyList<string> Examples => [];

    /// <summary>The arguments known by their place.</summary>
    public virtual IReadOnlyList<Positional> Positionals => [];

    /// <summary>The settings, without those that every command has.</summary>
    public virtual IReadOnlyList<SettingGroup> Groups => [];

    /// <summary>The commands below this one.</summary>
    public virtual IReadOnlyList<CliCommand> Subcommands => [];

    /// <summary>All settings, with those that every command has.</summary>
    public IEnumerable<SettingGroup> AllGroups => [.. Groups, GlobalSettings.Group];
}
