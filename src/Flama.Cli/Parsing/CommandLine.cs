using Flama.Cli.Commands;
using Flama.Cli.Settings;

namespace Flama.Cli.Parsing;

/// <summary>A command line that was taken apart; nothing in it is interpreted yet.</summary>
/// <param name="Command">The command it names.</param>
/// <param name="Path">The words that name the command, for messages: <c>flama serve</c>.</param>
/// <param name="Positionals">The arguments known by their place.</param>
/// <param name="Options">The texts of each option that was given, by the option's full name, in their order.</param>
internal sealed record CommandLine(
    CliCommand Command, string Path, IReadOnlyList<string> Positionals, IReadOnlyDictionary<string, IReadOnlyList<string>> Options)
{
    /// <summary>The text of an option, the last one when it was given several times; null when it was not given.</summary>
    public string? TextOf(Setting setting) => Options.TryGetValue(setting.Name, out var texts) ? texts[^1] : null;

    /// <summary>All texts of an option; empty when it was not given.</summary>
    public IReadOnlyList<string> TextsOf(Setting setting) => Options.GetValueOrDefault(setting.Name, []);

    /// <summary>Whether nothing was said beside the command.</summary>
    public bool IsBare => Positionals.Count == 0 && Options.Count == 0;
}
