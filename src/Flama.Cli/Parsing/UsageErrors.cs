using Flama.Cli.Commands;

namespace Flama.Cli.Parsing;

/// <summary>Says what is wrong with the words of a command line.</summary>
internal static class UsageErrors
{
    /// <summary>Checks the arguments of one command on the way to the command that runs.</summary>
    /// <param name="owner">The command whose arguments they are.</param>
    /// <param name="target">The command that runs.</param>
    /// <param name="path">The words that name <paramref name="owner"/>.</param>
    /// <param name="positionals">The arguments.</param>
    /// <param name="literals">How many of them, at the end, came after <c>--</c> and may begin with a dash.</param>
    /// <exception cref="FlamaException">An option is unknown, a command is unknown, or an argument is too many.</exception>
    public static void Check(CliCommand owner, CliCommand target, string path, List<string> positionals, int literals)
    {
        for (var i = 0; i < positionals.Count - literals; i++)
        {
            if (positionals[i].Length > 1 && positionals[i][0] == '-')
            {
                throw UnknownOption(owner == target ? target : owner, path, positionals[i]);
            }
        }

        if (positionals.Count > owner.Positionals.Count)
        {
            var extra = positionals[owner.Positionals.Count];
            throw owner.Subcommands.Count > 0 ? UnknownCommand(owner, path, extra) : Unexpected(owner, path, extra);
        }
    }

    private static FlamaException UnknownOption(CliCommand command, string path, string option)
    {
        var name = option.Split('=', 2)[0];
        var known = command.AllGroups
            .SelectMany(group => group.Settings)
            .SelectMany(setting => new[] { setting.Name, setting.Alias, setting.Negation }.OfType<string>());
        var others = command.Subcommands
            .Where(subcommand => subcommand.AllGroups.SelectMany(group => group.Settings).Any(setting => setting.Name == name))
            .Select(subcommand => $"'{path} {subcommand.Name}'")
            .ToList();
        var elsewhere = others.Count == 0 ? "" : $"{string.Join(", ", others)} {(others.Count == 1 ? "has" : "have")} it: write the option after the command. ";
        return new FlamaException(
            ErrorCodes.InvalidOption,
            $"'{path}' has no option {name}.",
            $"{elsewhere}{Suggestion(name, known)}See: {path} --help");
    }

    private static FlamaException UnknownCommand(CliCommand command, string path, string word)
    {
        var names = command.Subcommands.Select(subcommand => subcommand.Name).ToList();
        return new FlamaException(
            ErrorCodes.InvalidOption,
            $"'{path}' has no command '{word}'.",
            $"{Suggestion(word, names)}It has: {string.Join(", ", names)}. See: {path} --help");
    }

    private static FlamaException Unexpected(CliCommand command, string path, string word)
    {
        var takes = command.Positionals.Count == 0
            ? "no arguments"
            : string.Join(" and ", command.Positionals.Select(positional => positional.Name)) + " only";
        return new FlamaException(ErrorCodes.InvalidOption, $"'{word}' is one argument too many; '{path}' takes {takes}.", $"See: {path} --help");
    }

    private static string Suggestion(string word, IEnumerable<string> known) =>
        Nearest.To(word, known) is { } nearest ? $"Did you mean {nearest}? " : "";
}
