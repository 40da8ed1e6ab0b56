using System.Globalization;
using System.Text;

namespace Flama.Cli.Completion;

/// <summary>Completion for fish.</summary>
internal static class FishScript
{
    /// <summary>Writes the script.</summary>
    public static string Write(IReadOnlyList<CompletedCommand> commands)
    {
        StringBuilder script = new();
        script.Append("# Completion of flama for fish. Load it with: flama completion fish | source\n");
        foreach (var command in commands)
        {
            if (command.Name.Length > 0)
            {
                script.Append(CultureInfo.InvariantCulture, $"complete -c flama -n __fish_use_subcommand -f -a {command.Name} -d {Quote(command.Summary)}\n");
            }

            var condition = command.Name.Length == 0 ? "__fish_use_subcommand" : $"'__fish_seen_subcommand_from {command.Name}'";
            if (command.Name.Length > 0 && command.Words.Count > 0)
            {
                script.Append(CultureInfo.InvariantCulture, $"complete -c flama -n {condition} -a {Quote(string.Join(' ', command.Words))}\n");
            }

            foreach (var option in command.Options)
            {
                script.Append(CultureInfo.InvariantCulture, $"complete -c flama -n {condition}");
                foreach (var name in option.Names)
                {
                    script.Append(name.StartsWith("--", StringComparison.Ordinal) ? $" -l {name[2..]}" : $" -s {name[1..]}");
                }

                script.Append(option switch
                {
                    { TakesValue: false } => "",
                    { Words.Count: > 0 } => $" -x -a {Quote(string.Join(' ', option.Words))}",
                    _ => " -r",
                });
                script.Append(CultureInfo.InvariantCulture, $" -d {Quote(option.Description)}\n");
            }
        }

        return script.ToString();
    }

    private static string Quote(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
