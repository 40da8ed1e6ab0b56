using System.Text;
using Flama.Cli.Completion;
using Flama.Cli.Parsing;
using Flama.Cli.Settings;

namespace Flama.Cli.Commands;

/// <summary><c>flama completion SHELL</c>: prints what makes a shell complete the command line.</summary>
internal sealed class CompletionCommand : CliCommand
{
    private static readonly Positional Shell = new("SHELL", "The shell: bash, zsh, fish or powershell.");

    /// <summary>The shells.</summary>
    public static readonly IReadOnlyList<string> Shells = ["bash", "zsh", "fish", "powershell"];

    /// <inheritdoc/>
    public override string Name => "completion";

    /// <inheritdoc/>
    public override string Summary => "Prints a script that completes commands and options in a shell.";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Description =>
        ["The script is made from the commands of this version: load it when the shell starts rather than keep a copy."];

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
        var word = context.Values.Get(Shell, index: 0) ?? throw context.UsageError("No SHELL was given.", $"Write one of: {string.Join(", ", Shells)}");
        if (!Shells.Contains(word, StringComparer.Ordinal))
        {
            var near = Nearest.To(word, Shells) is { } nearest ? $"Did you mean {nearest}? " : "";
            throw context.UsageError($"SHELL is '{word}', expected one of {string.Join(", ", Shells)}.", $"{near}See: {context.Line.Path} --help");
        }

        context.Console.Output.Write(Encoding.UTF8.GetBytes(CompletionScript.For(word, CompletedCommand.Of(new ProgramCommand()))));
        context.Console.Output.Flush();
        return Task.FromResult(0);
    }
}
