using System.CommandLine;
using System.CommandLine.Parsing;
using Flama.Cli.Commands;

namespace Flama.Cli.Parsing;

/// <summary>Tells what is wrong with the words of a command line.</summary>
internal static class UsageErrors
{
    /// <summary>Checks what the parser found.</summary>
    /// <param name="program">The program with its commands.</param>
    /// <param name="line">What was given.</param>
    /// <param name="parsed">What the parser found.</param>
    /// <exception cref="FlamaException">An option is unknown, a command is unknown, or an argument is too many.</exception>
    public static void Check(ProgramCommand program, CommandLine line, ParseResult parsed)
    {
        // What comes after -- may begin with a dash.
        var words = parsed.Tokens.TakeWhile(token => token.Type != TokenType.DoubleDash).Where(token => token.Type == TokenType.Argument).Select(token => token.Value).ToHashSet(StringComparer.Ordinal);
        var unknown = line.Positionals.Concat(parsed.UnmatchedTokens).FirstOrDefault(word => word.Length > 1 && word[0] == '-' && words.Contains(word));
        if (unknown is not null)
        {
            throw UnknownOption(program, parsed, line, unknown);
        }

        if (parsed.UnmatchedTokens is [var extra, ..])
        {
            throw line.Command == program ? UnknownCommand(program, extra) : Unexpected(line, extra);
        }
    }

    private static FlamaException UnknownOption(ProgramCommand program, ParseResult parsed, CommandLine line, string option)
    {
        var name = option.Split('=', 2)[0];

        // Written before the command, an option is the program's own.
        var isBefore = line.Command != program && parsed.Tokens.TakeWhile(token => token.Type != TokenType.Command).Any(token => token.Value == option);
        CliCommand command = isBefore ? program : line.Command;
        var path = isBefore ? program.Name : line.Path;
        var others = command != program
            ? []
            : program.Commands.Where(other => other.AllSettings.Any(setting => setting.Name == name)).Select(other => $"'{path} {other.Name}'").ToList();
        var elsewhere = others.Count == 0 ? "" : $"{string.Join(", ", others)} {(others.Count == 1 ? "has" : "have")} it: write the option after the command. ";
        return new FlamaException(
            ErrorCodes.InvalidOption,
            $"'{path}' has no option {name}.",
            $"{elsewhere}{Suggestion(name, command.AllSettings.SelectMany(setting => setting.Names))}See: {path} --help");
    }

    private static FlamaException UnknownCommand(ProgramCommand program, string word)
    {
        var names = program.Commands.Select(command => command.Name).ToList();
        return new FlamaException(
            ErrorCodes.InvalidOption,
            $"'{program.Name}' has no command '{word}'.",
            $"{Suggestion(word, names)}It has: {string.Join(", ", names)}. See: {program.Name} --help");
    }

    private static FlamaException Unexpected(CommandLine line, string word)
    {
        var takes = line.Command.Positionals.Count == 0
            ? "no arguments"
            : string.Join(" and ", line.Command.Positionals.Select(positional => positional.Name)) + " only";
        return new FlamaException(
            ErrorCodes.InvalidOption, $"'{word}' is one argument too many; '{line.Path}' takes {takes}.", $"See: {line.Path} --help");
    }

    // The beginning or the end of a name is near as well: --port for --server-port.
    private static string Suggestion(string word, IEnumerable<string> known)
    {
        var names = known.ToList();
        var nearest = Nearest.To(word, names)
            ?? (word.StartsWith("--", StringComparison.Ordinal) ? names.Find(name => name.EndsWith(word[1..], StringComparison.Ordinal)) : null);
        return nearest is null ? "" : $"Did you mean {nearest}? ";
    }
}
