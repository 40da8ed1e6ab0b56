using System.Text;
using Flama.Cli.Completion;
using Flama.Cli.Settings;

namespace Flama.Cli.Commands;

/// <summary><c>flama completion SHELL</c>: prints what makes a shell complete the command line.</summary>
internal sealed class CompletionCommand() : CliCommand("completion", "Prints a script that completes commands and options in a shell.")
{
    private static readonly Positional Shell = new("SHELL", "The shell: bash, zsh, fish or powershell.") { Words = CompletionScript.Shells };

    /// <inheritdoc/>
    public override IReadOnlyList<string> Details =>
        ["The script asks the program itself what fits, so that it knows the commands and options of every version."];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "  source <(flama completion bash)",
        "  source <(flama completion zsh)",
        "  flama completion fish | source",
        "  flama completion powershell | Out-String | Invoke-Expression",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Positional> Positionals { get; } = [Shell];

    /// <inheritdoc/>
    public override bool BareShowsHelp => true;

    /// <inheritdoc/>
    public override Task<int> RunAsync(CommandContext context)
    {
        var word = context.Values.Get(Shell) ?? throw context.UsageError("No SHELL was given.", $"Write one of: {string.Join(", ", CompletionScript.Shells)}");
        if (!CompletionScript.Shells.Contains(word, StringComparer.Ordinal))
        {
            var near = Nearest.To(word, CompletionScript.Shells) is { } nearest ? $"Did you mean {nearest}? " : "";
            throw context.UsageError($"SHELL is '{word}', expected one of {string.Join(", ", CompletionScript.Shells)}.", $"{near}See: {context.Line.Path} --help");
        }

        context.Console.Output.Write(Encoding.UTF8.GetBytes(CompletionScript.For(word)));
        context.Console.Output.Flush();
        return Task.FromResult(0);
    }
}
