namespace Flama.Cli.Completion;

/// <summary>Writes what makes a shell complete the command line: commands, options, values where they are few, else files.</summary>
internal static class CompletionScript
{
    /// <summary>The script.</summary>
    /// <param name="shell">bash, zsh, fish or powershell.</param>
    /// <param name="commands">The program itself, then its commands.</param>
    public static string For(string shell, IReadOnlyList<CompletedCommand> commands) => shell switch
    {
        "zsh" => ZshScript.Write(commands),
        "fish" => FishScript.Write(commands),
        "powershell" => PowerShellScript.Write(commands),
        _ => BashScript.Write(commands),
    };
}
