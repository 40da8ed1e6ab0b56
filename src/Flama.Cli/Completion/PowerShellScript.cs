using System.Globalization;
using System.Text;

namespace Flama.Cli.Completion;

/// <summary>Completion for PowerShell.</summary>
internal static class PowerShellScript
{
    /// <summary>Writes the script.</summary>
    public static string Write(IReadOnlyList<CompletedCommand> commands)
    {
        StringBuilder script = new();
        script.Append("# Completion of flama for PowerShell. Load it with: flama completion powershell | Out-String | Invoke-Expression\n");
        script.Append("Register-ArgumentCompleter -Native -CommandName flama -ScriptBlock {\n    param($wordToComplete, $commandAst, $cursorPosition)\n");
        script.Append("    $commands = @{\n");
        foreach (var command in commands)
        {
            var words = command.Words.Concat(command.Options.SelectMany(option => option.Names)).Select(Quote);
            script.Append(CultureInfo.InvariantCulture, $"        {Quote(command.Name)} = @({string.Join(", ", words)})\n");
        }

        script.Append("    }\n    $values = @{\n");
        foreach (var command in commands)
        {
            foreach (var option in command.Options.Where(option => option.Words.Count > 0))
            {
                var values = string.Join(", ", option.Words.Select(Quote));
                foreach (var name in option.Names)
                {
                    script.Append(CultureInfo.InvariantCulture, $"        {Quote($"{command.Name} {name}")} = @({values})\n");
                }
            }
        }

        script.Append("""
                }
                $typed = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
                if ($wordToComplete -ne '') { $typed = @($typed | Select-Object -SkipLast 1) }
                $command = @($typed | Where-Object { -not $_.StartsWith('-') } | Select-Object -First 1) + @('') | Select-Object -First 1
                $last = if ($typed.Count -gt 0) { $typed[-1] } else { '' }
                $words = $values["$command $last"]
                if ($null -eq $words) { $words = $commands["$command"] }
                $words | Where-Object { $_ -like "$wordToComplete*" } | ForEach-Object {
                    [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
                }
            }

            """);
        return script.Replace("\r\n", "\n").ToString();
    }

    private static string Quote(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
}
