using System.Globalization;
using System.Text;

namespace Flama.Cli.Completion;

/// <summary>Completion for bash.</summary>
internal static class BashScript
{
    /// <summary>Writes the script.</summary>
    public static string Write(IReadOnlyList<CompletedCommand> commands)
    {
        StringBuilder script = new();
        script.Append("""
            # Completion of flama for bash. Load it with: source <(flama completion bash)
            _flama() {
                local current="${COMP_WORDS[COMP_CWORD]}" previous="${COMP_WORDS[COMP_CWORD-1]}"
                local command="" words="" word i
                if [[ "$current" == "=" ]]; then
                    current=""
                elif [[ "$previous" == "=" ]]; then
                    previous="${COMP_WORDS[COMP_CWORD-2]}"
                fi
                for ((i = 1; i < COMP_CWORD; i++)); do
                    word="${COMP_WORDS[i]}"
                    if [[ "$word" != -* ]]; then
                        command="$word"
                        break
                    fi
                done
                COMPREPLY=()
                case "$command $previous" in

            """);
        foreach (var command in commands)
        {
            foreach (var option in command.Options.Where(option => option.TakesValue))
            {
                var pattern = string.Join('|', option.Names.Select(name => $"\"{command.Name} {name}\""));
                var values = option.Words.Count > 0 ? $"-W \"{string.Join(' ', option.Words)}\"" : "-f";
                var lines = option.Words.Count > 0 ? "" : "local IFS=$'\\n'; ";
                script.Append(CultureInfo.InvariantCulture, $"        {pattern}) {lines}COMPREPLY=($(compgen {values} -- \"$current\")); return ;;\n");
            }
        }

        script.Append("    esac\n    case \"$command\" in\n");
        foreach (var command in commands)
        {
            var names = string.Join(' ', command.Options.SelectMany(option => option.Names));
            var pattern = command.Name.Length == 0 ? "\"\"" : command.Name;
            script.Append(CultureInfo.InvariantCulture, $"        {pattern}) words=\"{names}\"; word=\"{string.Join(' ', command.Words)}\" ;;\n");
        }

        script.Append("""
                    *) words="" word="" ;;
                esac
                if [[ "$current" == -* ]]; then
                    COMPREPLY=($(compgen -W "$words" -- "$current"))
                elif [[ -z "$command" ]]; then
                    COMPREPLY=($(compgen -W "$word" -- "$current"))
                else
                    COMPREPLY=($(compgen -W "$word" -- "$current"))
                    local IFS=$'\n'
                    COMPREPLY+=($(compgen -f -- "$current"))
                fi
            }
            complete -o filenames -F _flama flama

            """);
        return script.Replace("\r\n", "\n").ToString();
    }
}
