using System.CommandLine;
using System.CommandLine.Parsing;
using System.Text.RegularExpressions;
using Flama.Cli.Commands;

namespace Flama.Cli.Parsing;

/// <summary>Takes a command line apart.</summary>
internal static partial class CommandLineParser
{
    private static readonly ParserConfiguration Configuration = new() { ResponseFileTokenReplacer = null };

    /// <summary>Takes the command line apart.</summary>
    /// <param name="program">The program with its commands.</param>
    /// <param name="arguments">What came after the program's name.</param>
    /// <exception cref="FlamaException">A command or an option is not known, an argument is too many, or a value is missing.</exception>
    public static CommandLine Parse(ProgramCommand program, IReadOnlyList<string> arguments)
    {
        // Only commands that can be meant get their options, which is a good part of a short start.
        var named = program.Commands.Select(command => command.Name).Intersect(arguments, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        var settings = program.Declare(command => named.Count == 0 || named.Contains(command.Name));
        var tokens = ArgumentTokens.Normalize(arguments, settings);
        var parsed = program.Parse(tokens, Configuration);
        var command = (CliCommand)parsed.CommandResult.Command;
        CommandLine line = new(
            command,
            command == program ? program.Name : $"{program.Name} {command.Name}",
            PositionalsOf(parsed.CommandResult),
            OptionsOf(parsed));
        UsageErrors.Check(program, line, parsed);
        return line;
    }

    /// <summary>Answers a shell that asks what could come next: <c>flama [suggest:POSITION] LINE</c>.</summary>
    /// <param name="program">The program with its commands.</param>
    /// <param name="arguments">The directive and the line.</param>
    /// <param name="output">Takes the words, one per line.</param>
    public static int Suggest(ProgramCommand program, IReadOnlyList<string> arguments, TextWriter output)
    {
        _ = program.Declare(static _ => true);
        RootCommand root = new();
        root.Options.Clear();
        foreach (var option in program.Options.Concat(program.Commands.SelectMany(command => command.Options)).Where(option => option.Arity.MinimumNumberOfValues > 0))
        {
            option.Arity = ArgumentArity.ExactlyOne;
        }

        foreach (var option in program.Options)
        {
            root.Options.Add(option);
        }

        foreach (var command in program.Commands)
        {
            root.Subcommands.Add(command);
        }

        // The parser has no words for what follows an equals sign.
        return root.Parse([.. arguments.Select(argument => AssignmentPattern().Replace(argument, " "))], Configuration)
            .Invoke(new InvocationConfiguration { Output = output });
    }

    private static List<string> PositionalsOf(CommandResult result) =>
        [.. result.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value)];

    // Given twice, an option has its last value unless it collects them; given before and after a subcommand, the later one wins.
    private static Dictionary<string, IReadOnlyList<string>> OptionsOf(ParseResult parsed)
    {
        Dictionary<string, IReadOnlyList<string>> options = new(StringComparer.Ordinal);
        for (SymbolResult? result = parsed.CommandResult; result is CommandResult command; result = result.Parent)
        {
            foreach (var option in command.Children.OfType<OptionResult>().Where(option => !option.Implicit))
            {
                options.TryAdd(option.Option.Name, option.Tokens.Count > 0 ? [.. option.Tokens.Select(token => token.Value)] : ["true"]);
            }
        }

        return options;
    }

    [GeneratedRegex(@"(?<=\s--[a-z0-9-]+)=", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AssignmentPattern();
}
