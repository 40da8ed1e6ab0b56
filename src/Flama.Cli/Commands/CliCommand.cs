using System.CommandLine;
using Flama.Cli.Settings;

namespace Flama.Cli.Commands;

/// <summary>One command: how it is called, what the help page shows, what it does. One file per command.</summary>
/// <param name="name">The word on the command line.</param>
/// <param name="summary">One sentence for the list of commands.</param>
internal abstract class CliCommand(string name, string summary) : Command(name, summary)
{
    /// <summary>The words of the command line after the program's name.</summary>
    public virtual string Usage => Name;

    /// <summary>The paragraphs of the help page after the summary.</summary>
    public virtual IReadOnlyList<string> Details => [];

    /// <summary>The last lines of the help page, printed as they are.</summary>
    public virtual IReadOnlyList<string> Examples => [];

    /// <summary>The arguments known by their position.</summary>
    public virtual IReadOnlyList<Positional> Positionals => [];

    /// <summary>The settings, without those that every command has.</summary>
    public virtual IReadOnlyList<SettingGroup> Groups => [];

    /// <summary>All settings, with those that every command has.</summary>
    public IEnumerable<SettingGroup> AllGroups => [.. Groups, GeneralSettings.Group];

    /// <summary>The settings of all groups.</summary>
    public IEnumerable<Setting> AllSettings => AllGroups.SelectMany(group => group.Settings);

    /// <summary>Whether the command without any argument shows its help page, rather than complain.</summary>
    public virtual bool BareShowsHelp => false;

    /// <summary>What <c>--help</c> shows; this command unless its arguments name another.</summary>
    public virtual CliCommand HelpTarget(CommandContext context) => this;

    /// <summary>Adds the options and arguments for the parser.</summary>
    /// <param name="settings">Takes the settings by every name.</param>
    public void Declare(IDictionary<string, Setting> settings)
    {
        foreach (var setting in AllSettings)
        {
            Options.Add(setting.ToOption());
            foreach (var spelling in setting.Names)
            {
                settings[spelling] = setting;
            }
        }

        foreach (var positional in Positionals)
        {
            Arguments.Add(positional.ToArgument());
        }
    }

    /// <summary>Runs the command.</summary>
    /// <returns>The exit code.</returns>
    /// <exception cref="FlamaException">It failed; the exception tells why and knows the exit code.</exception>
    public abstract Task<int> RunAsync(CommandContext context);
}
