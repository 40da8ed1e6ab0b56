using System.Text;
using Flama.Cli.Commands;
using Flama.Cli.Settings;

namespace Flama.Cli.Help;

/// <summary>The help page of a command, 80 columns wide.</summary>
internal static class HelpPage
{
    private const int Width = 80;
    private const int Indent = 2;
    private const int Gap = 2;
    private const int WidestName = 26;

    /// <summary>Writes the page.</summary>
    /// <param name="command">The command.</param>
    /// <param name="program">The program's name when the command is below it; else null.</param>
    public static string Of(CliCommand command, string? program)
    {
        StringBuilder page = new();
        Usage(page, command, program);
        page.AppendLine().AppendLine(command.Description);
        foreach (var paragraph in command.Details)
        {
            page.AppendLine();
            Wrap(page, paragraph, 0);
        }

        Section(page, "Arguments", [.. command.Positionals.Select(positional => (positional.Name, Describe(positional)))]);
        Section(page, "Commands", [.. command.Subcommands.Select(subcommand => (subcommand.Name, subcommand.Description!))]);
        foreach (var group in command.AllGroups)
        {
            Section(page, group.Title, [.. group.Settings.Select(setting => (Names(setting), Describe(setting)))]);
        }

        if (command.Examples.Count > 0)
        {
            page.AppendLine().AppendLine("Examples:");
            foreach (var example in command.Examples)
            {
                page.AppendLine(example);
            }
        }

        page.AppendLine();
        Wrap(page, LastWords(command), 0);
        return page.ToString();
    }

    private static string LastWords(CliCommand command)
    {
        if (command.Subcommands.Count > 0)
        {
            return $"More about a command: {command.Name} COMMAND --help";
        }

        if (command.Groups.Count == 0)
        {
            return "See also: flama --help";
        }

        var first = command.Groups[0].Settings[0];
        var files = (command.Groups.Any(group => group.Settings.Contains(ServerSettings.EnvFile)) ? $"the file of {ServerSettings.EnvFile.Name}, then " : "")
            + (command.Positionals.Contains(ConfigSettings.Config) ? "CONFIG, then " : "");
        return $"Each option can also come from the environment, {first.Name} as {first.Variable}. The command line wins, then the "
            + $"environment, then {files}the default.";
    }

    private static void Usage(StringBuilder page, CliCommand command, string? program)
    {
        page.Append("Usage: ");
        if (program is not null)
        {
            page.Append(program).Append(' ');
        }

        page.Append(command.Usage);
        foreach (var positional in command.Positionals)
        {
            page.Append(' ').Append(positional.IsOptional ? $"[{positional.Name}{(positional.IsRepeated ? " …" : "")}]" : positional.Name);
        }

        page.AppendLine(command.Subcommands.Count > 0 ? " COMMAND [OPTIONS]" : " [OPTIONS]");
    }

    private static void Section(StringBuilder page, string title, List<(string Name, string Text)> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        page.AppendLine().Append(title).AppendLine(":");
        var column = Indent + Gap + Math.Min(WidestName, rows.Max(row => row.Name.Length));
        foreach (var (name, text) in rows)
        {
            page.Append(' ', Indent).Append(name);
            if (Indent + name.Length + Gap > column)
            {
                page.AppendLine();
                Wrap(page, text, column);
            }
            else
            {
                page.Append(' ', column - Indent - name.Length);
                Wrap(page, text, column, column);
            }
        }
    }

    private static string Names(Setting setting)
    {
        string[] names = [.. setting.Aliases.Where(alias => alias.Length == 2), setting.Name, .. setting.Names.Where(name => name.Length > 2).Skip(1)];
        return setting.IsFlag ? string.Join(", ", names) : $"{string.Join(", ", names)} {setting.Kind.ValueName}";
    }

    private static string Describe(Setting setting) => setting.Description
        + (setting.OtherVariable is { } name ? $" [variable: {name}]" : "")
        + (setting.DefaultText is { } text ? $" [default: {text}]" : "");

    private static string Describe(Positional positional) =>
        positional.Variable is { } name ? $"{positional.Description} [environment: {name}]" : positional.Description;

    /// <summary>Breaks a text at spaces; every line starts at <paramref name="column"/>.</summary>
    private static void Wrap(StringBuilder page, string text, int column, int used = 0)
    {
        var position = used;
        foreach (var word in text.Split(' '))
        {
            if (position > column && position + 1 + word.Length > Width)
            {
                page.AppendLine();
                position = 0;
            }

            if (position < column)
            {
                page.Append(' ', column - position);
                position = column;
            }
            else if (position > column)
            {
                page.Append(' ');
                position++;
            }

            page.Append(word);
            position += word.Length;
        }

        page.AppendLine();
    }
}
