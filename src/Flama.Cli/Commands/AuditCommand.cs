using System.Globalization;
using System.Text;
using Flama.Cli.Settings;
using Flama.Hosting.Auditing;

namespace Flama.Cli.Commands;

/// <summary><c>flama audit verify FILE</c>: checks that nothing in an audit log was changed or taken out.</summary>
internal sealed class AuditCommand() : CliCommand("audit", "Checks the audit log of a server.")
{
    private const string VerifyWord = "verify";
    private const int Broken = 1;

    private static readonly Positional What = new("ACTION", "What to do: verify.") { Words = [VerifyWord] };

    private static readonly Positional LogFile = new("FILE", "The file of --server-audit.");

    private static readonly Setting<string?> Head = new(
        "--head", Kinds.OptionalText("HASH"), null, "The last hash that was noted elsewhere; the log must have an entry with it.");

    /// <inheritdoc/>
    public override IReadOnlyList<string> Details =>
    [
        "Every entry holds the hash of the one before it. Checked are FILE and the closed files beside it. Prints how many entries there are and the hash of the "
        + "last one; note it elsewhere, and a later --head shows that nothing up to there was cut off or written anew. The exit code is 1 when the chain is broken.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "  flama audit verify audit.jsonl",
        "  flama audit verify audit.jsonl --head 3f786850e387550fdab836ed7e6dc881de23001b4f2d1f1a9e1c6b1c2a0f9f11",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Positional> Positionals { get; } = [What, LogFile];

    /// <inheritdoc/>
    public override IReadOnlyList<SettingGroup> Groups => [new("Options", [Head])];

    /// <inheritdoc/>
    public override bool BareShowsHelp => true;

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandContext context)
    {
        if (context.Values.Get(What) is not VerifyWord and var other)
        {
            throw context.UsageError($"ACTION is '{other}', expected {VerifyWord}.");
        }

        var file = context.Values.Get(LogFile) ?? throw context.UsageError("No FILE was given.", "Write: flama audit verify FILE");
        var verdict = await AuditChain.VerifyAsync(file, context.Values.Get(Head));
        if (verdict.Problem is { } problem)
        {
            context.Console.Error.WriteLine($"The chain is broken: {problem}");
            return Broken;
        }

        var text = verdict.Head is { } head
            ? string.Create(CultureInfo.InvariantCulture, $"Intact: entries {verdict.First} to {verdict.Last} in {(verdict.Files == 1 ? "one file" : $"{verdict.Files} files")}, last hash {head}\n")
            : "Intact: no entries\n";
        await context.Console.Output.WriteAsync(Encoding.UTF8.GetBytes(text));
        await context.Console.Output.FlushAsync();
        return 0;
    }
}
