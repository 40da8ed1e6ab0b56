using System.Buffers;
using Flama.Cli.Models;
using Flama.Cli.Output;
using Flama.Cli.Settings;
using Flama.Json;
using Flama.Packaging;

namespace Flama.Cli.Commands;

/// <summary><c>flama model MODEL inspect</c>: shows the metadata and the artifacts of a package.</summary>
internal sealed class ModelInspectCommand() : CliCommand(Word, "Shows the metadata and the artifacts of a package.")
{
    /// <summary>The word on the command line.</summary>
    public const string Word = "inspect";

    /// <inheritdoc/>
    public override string Usage => $"model MODEL {Word}";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Details =>
    [
        "Writes a JSON object: in 'meta' the id, the time of packaging, the framework and its version, the model's class, parameters and "
        + "metrics, and what else was stored; in 'artifacts' the files that came with the model. The model itself is not loaded.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "  flama model churn.flm inspect",
        "  flama model churn.flm inspect --pretty --output churn.json",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<SettingGroup> Groups => [new("Options", [ModelSettings.Output, ModelSettings.Key, ModelSettings.Pretty])];

    /// <inheritdoc/>
    public override Task<int> RunAsync(CommandContext context)
    {
        if (context.Values.IsOnCommandLine(ModelSettings.File))
        {
            throw context.UsageError($"'{Word}' takes no rows, so no {ModelSettings.File.Name}.", $"See: flama model MODEL {Word} --help");
        }

        var target = ResultFile.At(context.Values.Get(ModelSettings.Output), context.Console);
        using var package = ModelFile.Open(ModelCommand.PathOf(context));
        var document = package.Metadata is { } metadata
            ? InspectDocument.Write(metadata, package.Artifacts.Names)
            : DescribeBareFile(package, context);
        var isPretty = context.Values.Get(ModelSettings.Pretty);
        ArrayBufferWriter<byte> output = new();
        PythonLayout.Write((isPretty ? PythonLayout.SortKeys(document) : document).Span, isPretty, output);
        target.Write(output.WrittenSpan);
        return Task.FromResult(0);
    }

    // A framework's own file has no metadata beside the model: its engine finds some in the model.
    private static ReadOnlyMemory<byte> DescribeBareFile(ModelPackage package, CommandContext context)
    {
        using var model = ModelFile.Load(package, context);
        return InspectDocument.Write(model.Metadata, package.Artifacts.Names);
    }
}
