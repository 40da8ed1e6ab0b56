using System.Globalization;
using System.Text;

namespace Flama.Cli.Completion;

/// <summary>Completion for zsh.</summary>
internal static class ZshScript
{
    /// <summary>Writes the script.</summary>
    public static string Write(IReadOnlyList<CompletedCommand> commands)
    {
        StringBuilder script = new();
        script.Append("""
            #compdef flama
            # Completion of flama for zsh. Load it with: source <(flama completion zsh)
            _flama() {
                local current="${words[CURRENT]}" previous="${words[CURRENT-1]}" command="" i
                local -a options offered
                for ((i = 2; i < CURRENT; i++)); do
                    if [[ "${words[i]}" != -* ]]; then
                        command="${words[i]}"
                        break
                    fi
                done
                case "$command $previous" in

            """);
        foreach (var command in commands)
        {
            foreach (var option in command.Options.Where(option => option.TakesValue))
            {
                var pattern = string.Join('|', option.Names.Select(name => $"\"{command.Name} {name}\""));
                var values = option.Words.Count > 0 ? $"compadd -- {string.Join(' ', option.Words)}" : "_files";
                script.Append(CultureInfo.InvariantCulture, $"        ({pattern}) {values}; return ;;\n");
            }
        }

        script.Append("    esac\n    case \"$command\" in\n");
        foreach (var command in commands)
        {
            var names = string.Join(' ', command.Options.SelectMany(option => option.Names));
            script.Append(
                CultureInfo.InvariantCulture, $"        (\"{command.Name}\") options=({names}); offered=({string.Join(' ', command.Words)}) ;;\n");
        }

        script.Append("""
                esac
                if [[ "$current" == -* ]]; then
                    compadd -- $options
                else
                    compadd -- $offered
                    if [[ -n "$command" ]]; then
                        _files
                    fi
                fi
            }
            if [[ "${funcstack[1]}" == _flama ]]; then
                _flama "$@"
            else
                compdef _flama flama
            fi

            """);
        return script.Replace("\r\n", "\n").ToString();
    }
}
