using Flama.Cli.Commands;
using Flama.Cli.Settings;

namespace Flama.Cli.Parsing;

/// <summary>A command line that was taken apart; nothing in it is interpreted yet.</summary>
/// <param name="Command">The command it names.</param>
/// <param name="Path">The words that name the command, for messages: <c>flama serve</c>.</param>
/// <param name="Positionals">The arguments known by their position.</param>
/// <param name="Options">The texts of each option that was given, by the option's full name, in their order.</param>
internal sealed record CommandLine(
    CliCommand Command, string Path, IReadOnlyList<string> Positionals, IReadOnlyDictionary<string, IReadOnlyList<string>> Options)
{
    /// <summary>All texts of an option; empty when it was not given.</summary>
    public IReadOnlyList<string> TextsOf(Setting setting) => Options.GetValueOrDefault(setting.Name, []);

    /// <summary>Whether a flag is given and switched on.</summary>
    public bool IsOn(Setting<bool> flag) => TextsOf(flag) is [.., "true"];

    /// <summary>The text of an argument; null when it was not given.</summary>
    public string? TextOf(Positional positional)
    {
        for (var i = 0; i < Math.Min(Positionals.Count, Command.Positionals.Count); i++)
        {
            if (Command.Positionals[i] == positional)
            {
                return Positionals[i];
            }
        }

        return null;
    }

    /// <summary>Whether nothing was given beside the command.</summary>
    public bool IsBare => Positionals.Count == 0 && Options.Count == 0;
}
