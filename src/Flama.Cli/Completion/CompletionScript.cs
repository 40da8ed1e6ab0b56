namespace Flama.Cli.Completion;

/// <summary>What makes a shell ask the program for commands, options and values that fit: <c>flama [suggest:POSITION] LINE</c>.</summary>
internal static class CompletionScript
{
    /// <summary>The shells.</summary>
    public static IReadOnlyList<string> Shells { get; } = ["bash", "zsh", "fish", "powershell"];

    // What is offered begins as the word does; options are offered after a dash only.
    private const string Bash = """
        # Completion of flama for bash. Load it with: source <(flama completion bash)
        _flama() {
            local current="${COMP_WORDS[COMP_CWORD]}" item
            [[ "$current" == "=" ]] && current=""
            COMPREPLY=()
            while IFS= read -r item; do
                if [[ -n "$item" && "$item" == "$current"* && ( "$item" != -* || "$current" == -* ) ]]; then
                    COMPREPLY+=("$item")
                fi
            done < <(flama "[suggest:$COMP_POINT]" "$COMP_LINE" 2>/dev/null)
        }
        complete -o filenames -F _flama flama

        """;

    private const string Zsh = """
        #compdef flama
        # Completion of flama for zsh. Load it with: source <(flama completion zsh)
        _flama() {
            local line="${words[1,CURRENT]}" current="${words[CURRENT]}" item
            local -a offered
            while IFS= read -r item; do
                if [[ -n "$item" && ( "$item" != -* || "$current" == -* ) ]]; then
                    offered+=("$item")
                fi
            done < <(flama "[suggest:${#line}]" "$line" 2>/dev/null)
            [[ "$current" == --*=* ]] && compset -P '*='
            compadd -f -- $offered
        }
        if [[ "${funcstack[1]}" == _flama ]]; then
            _flama "$@"
        else
            compdef _flama flama
        fi

        """;

    private const string Fish = """
        # Completion of flama for fish. Load it with: flama completion fish | source
        function __flama_suggest
            set -l line (commandline --cut-at-cursor | string collect)
            set -l current (commandline --current-token --cut-at-cursor)
            for item in (flama "[suggest:"(string length -- $line)"]" $line 2>/dev/null)
                if not string match -q -- '-*' $item; or string match -q -- '-*' $current
                    echo $item
                end
            end
        end
        complete -c flama -f -a '(__flama_suggest)'

        """;

    private const string PowerShell = """
        # Completion of flama for PowerShell. Load it with: flama completion powershell | Out-String | Invoke-Expression
        Register-ArgumentCompleter -Native -CommandName flama -ScriptBlock {
            param($wordToComplete, $commandAst, $cursorPosition)
            $line = $commandAst.ToString().PadRight($cursorPosition)
            flama "[suggest:$cursorPosition]" $line 2>$null |
                Where-Object { $_ -like "$wordToComplete*" -and ($_ -notlike '-*' -or $wordToComplete -like '-*') } |
                ForEach-Object { [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_) }
        }

        """;

    /// <summary>The script.</summary>
    /// <param name="shell">bash, zsh, fish or powershell.</param>
    public static string For(string shell) => (shell switch
    {
        "zsh" => Zsh,
        "fish" => Fish,
        "powershell" => PowerShell,
        _ => Bash,
    }).ReplaceLineEndings("\n");
}
