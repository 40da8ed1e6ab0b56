using System.Buffers;
using Flama.Cli.Models;
using Flama.Cli.Output;
using Flama.Cli.Settings;
using Flama.Json;
using Flama.Packaging;

namespace Flama.Cli.Commands;

/// <summary><c>flama inspect FILE</c>: what a file is; with <c>--audit</c> everything that it names, as a scanner.</summary>
internal sealed class InspectCommand() : CliCommand("inspect", "Shows what a model file holds, and audits it.")
{
    private const string Json = "json", Sarif = "sarif";

    private static readonly Positional Source = new("FILE", "The model file.") { IsFile = true };

    private static readonly Setting<bool> Audit = new(
        "--audit", Kinds.Flag, false, "List every class and function that the file names and what becomes of it, sizes, digests and limits reached.");

    private static readonly Setting<string> Format = new(
        "--format", Kinds.Choice(Json, Sarif), Json, "How the audit is written; sarif is for scanners and code hosts.");

    /// <inheritdoc/>
    public override IReadOnlyList<string> Details =>
    [
        "Without --audit it writes the metadata and the artifacts, as 'flama model FILE inspect' does.",
        "Nothing in the file is run. The exit code of an audit is 0 for a clean file, 1 for a refused one and 2 for one that cannot be read.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "  flama inspect churn.flm --pretty",
        "  flama inspect --audit churn.pkl",
        "  flama inspect --audit churn.pkl --format sarif --output churn.sarif",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Positional> Positionals { get; } = [Source];

    /// <inheritdoc/>
    public override IReadOnlyList<SettingGroup> Groups => [new("Options", [Audit, Format, ModelSettings.Output, ModelSettings.Key, ModelSettings.Pretty])];

    /// <inheritdoc/>
    public override bool BareShowsHelp => true;

    /// <summary>Shows the metadata and the artifacts of a file.</summary>
    public static void Show(CommandContext context, string path)
    {
        var target = ResultFile.At(context.Values.Get(ModelSettings.Output), context.Console);
        using var package = ModelFile.Open(path);
        Write(context, target, package.Metadata is { } metadata ? InspectDocument.Write(metadata, package.Artifacts.Names) : DescribeBareFile(package, context));
    }

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandContext context)
    {
        var path = await ModelFile.BringAsync(context, context.Values.Get(Source) ?? throw context.UsageError("No FILE was given.", "Write: flama inspect FILE"));
        if (!context.Values.Get(Audit))
        {
            Show(context, path);
            return 0;
        }

        var target = ResultFile.At(context.Values.Get(ModelSettings.Output), context.Console);
        var audit = ModelAuditor.Audit(path);
        Write(context, target, context.Values.Get(Format) == Sarif ? AuditWriter.ToSarif(audit, path, CliProgram.Version) : AuditWriter.ToJson(audit));
        return (int)audit.Verdict;
    }

    private static void Write(CommandContext context, ResultFile target, ReadOnlyMemory<byte> document)
    {
        var isPretty = context.Values.Get(ModelSettings.Pretty);
        ArrayBufferWriter<byte> output = new();
        PythonLayout.Write((isPretty ? PythonLayout.SortKeys(document) : document).Span, isPretty, output);
        target.Write(output.WrittenSpan);
    }

    // A framework's own file has no metadata beside the model: its engine finds some in the model.
    private static ReadOnlyMemory<byte> DescribeBareFile(ModelPackage package, CommandContext context)
    {
        using var model = ModelFile.Load(package, context);
        return InspectDocument.Write(model.Metadata, package.Artifacts.Names);
    }
}
