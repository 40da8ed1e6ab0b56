using System.CommandLine;
using System.CommandLine.Parsing;
using Flama.Cli.Commands;
using Flama.Cli.Settings;

namespace Flama.Cli.Parsing;

/// <summary>Takes a command line apart by a tree of commands.</summary>
internal static class CommandLineParser
{
    private const string ArgumentsName = "ARGUMENTS";

    /// <summary>Takes the command line apart.</summary>
    /// <param name="root">The command that is the program itself.</param>
    /// <param name="arguments">What came after the program's name.</param>
    /// <exception cref="FlamaException">There is no such command or option, an argument is too many, or a value is missing.</exception>
    public static CommandLine Parse(CliCommand root, IReadOnlyList<string> arguments)
    {
        Dictionary<string, Setting> settings = new(StringComparer.Ordinal);
        Dictionary<Command, CliCommand> commands = [];

        // Options are made for the commands that can be meant, which is a good part of a short start.
        var named = root.Subcommands.Select(command => command.Name).Intersect(arguments, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        var tree = Build(root, settings, commands, command => command == root || named.Count == 0 || named.Contains(command.Name));
        var tokens = ArgumentTokens.Normalize(arguments, settings);
        var parsed = tree.Parse(tokens, new ParserConfiguration { ResponseFileTokenReplacer = null, EnablePosixBundling = false });

        List<CommandResult> path = [parsed.CommandResult];
        while (path[0].Parent is CommandResult parent)
        {
            path.Insert(0, parent);
        }

        var command = commands[parsed.CommandResult.Command];
        var literals = tokens.Contains("--") ? tokens.Count - tokens.IndexOf("--") - 1 : 0;
        foreach (var result in path)
        {
            var owner = commands[result.Command];
            var words = string.Join(' ', path.TakeWhile(step => step != result).Append(result).Select(step => step.Command.Name));
            UsageErrors.Check(owner, command, words, PositionalsOf(result), owner == command ? literals : 0);
        }

        return new CommandLine(
            command,
            string.Join(' ', path.Select(step => step.Command.Name)),
            PositionalsOf(parsed.CommandResult),
            OptionsOf(path));
    }

    private static Command Build(
        CliCommand source, Dictionary<string, Setting> settings, Dictionary<Command, CliCommand> commands, Func<CliCommand, bool> isMeant)
    {
        Command command = new(source.Name);
        commands.Add(command, source);
        foreach (var setting in isMeant(source) ? source.AllGroups.SelectMany(group => group.Settings) : [])
        {
            settings[setting.Name] = setting;
            if (setting.Alias is not null)
            {
                settings[setting.Alias] = setting;
            }

            if (setting.Negation is not null)
            {
                settings[setting.Negation] = setting;
            }

            command.Options.Add(new Option<string[]>(setting.Name) { Arity = ArgumentArity.OneOrMore });
        }

        command.Arguments.Add(new Argument<string[]>(ArgumentsName) { Arity = ArgumentArity.ZeroOrMore });
        foreach (var subcommand in source.Subcommands)
        {
            command.Subcommands.Add(Build(subcommand, settings, commands, isMeant));
        }

        return command;
    }

    private static List<string> PositionalsOf(CommandResult result) =>
        [.. result.Children.OfType<ArgumentResult>().SelectMany(argument => argument.Tokens).Select(token => token.Value)];

    // Given twice, an option has its last value unless it collects them; given before and after a subcommand, the later place wins.
    private static Dictionary<string, IReadOnlyList<string>> OptionsOf(List<CommandResult> path)
    {
        Dictionary<string, IReadOnlyList<string>> options = new(StringComparer.Ordinal);
        foreach (var option in path.SelectMany(result => result.Children.OfType<OptionResult>()))
        {
            if (option.Tokens.Count > 0)
            {
                options[option.Option.Name] = [.. option.Tokens.Select(token => token.Value)];
            }
        }

        return options;
    }
}
