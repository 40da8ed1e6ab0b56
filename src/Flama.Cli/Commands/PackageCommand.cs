using System.Globalization;
using System.Text;
using Flama.Cli.Input;
using Flama.Cli.Models;
using Flama.Cli.Packaging;
using Flama.Cli.Settings;
using Flama.Hosting.Sources;
using Flama.Onnx;
using Flama.Packaging;
using Flama.Scoring;

namespace Flama.Cli.Commands;

/// <summary><c>flama package SOURCE</c>: makes a package from a framework's own file, or another format of a package.</summary>
internal sealed class PackageCommand() : CliCommand("package", "Makes a .flm package from a framework's own model file.")
{
    private const string GraphEnding = ".onnx";

    private static readonly Positional Source = new("SOURCE", "The model file: .pkl, .joblib, another framework's own file, or a .flm to rewrite.") { IsFile = true };

    /// <inheritdoc/>
    public override IReadOnlyList<string> Details =>
    [
        "The metadata (framework, version, class, parameters) is read from the model file where it has them. The same "
        + "file, options and timestamp give the same bytes. The package appears when it is complete; what was there before stays otherwise.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "  flama package churn.pkl --output churn.flm --metric accuracy=0.87",
        "  flama package churn.joblib --artifact notes.txt=README.txt --cases cases.json",
        "  flama package model.joblib --before scaler.joblib --output churn.flm",
        "  flama package resnet.pt --input-shape ?,3,224,224 --output resnet.flm",
        "  flama package resnet.pt --input-shape ?,3,224,224 --to onnx",
        "  flama package new.flm --protocol tar --output old.flm",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<Positional> Positionals { get; } = [Source];

    /// <inheritdoc/>
    public override IReadOnlyList<SettingGroup> Groups => PackageSettings.Groups;

    /// <inheritdoc/>
    public override bool BareShowsHelp => true;

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandContext context)
    {
        var path = context.Values.Get(Source) ?? throw context.UsageError("No SOURCE was given.", "Write: flama package SOURCE");
        var isGraph = context.Values.Get(PackageSettings.To) == "onnx";
        var output = context.Values.Get(PackageSettings.Output) ?? Path.ChangeExtension(ModelSources.IsLocation(path) ? ModelSources.NameOf(new Uri(path)) : path, isGraph ? GraphEnding : ".flm");
        using var source = ModelFile.Open(await ModelFile.BringAsync(context, path));
        if (!isGraph)
        {
            return Save(context, source, ModelSettings.ShapesOf(context.Values), output);
        }

        var graph = context.Engines.ExportOnnx(source.ReadModel(), new LoadOptions { InputShapes = ModelSettings.ShapesOf(context.Values) }).ToBytes();
        if (output.EndsWith(GraphEnding, StringComparison.OrdinalIgnoreCase))
        {
            return SaveGraph(context, graph, output);
        }

        using var made = ModelPackage.Open(graph, Path.ChangeExtension(Path.GetFileName(output), GraphEnding));
        return Save(context, made, [], output);
    }

    private static int Save(CommandContext context, ModelPackage source, IReadOnlyList<InputShape> shapes, string output)
    {
        var options = OptionsOf(context);
        var engines = context.Engines;
        var content = PackageSource.Read(context, source, engines, shapes);
        CheckSteps(context, source, shapes, engines);
        CheckCases(context, source, shapes, engines);
        ModelPackage.Save(output, content, options);
        Show(context, output);
        return 0;
    }

    // A graph has no place for what a package has beside the model.
    private static int SaveGraph(CommandContext context, byte[] graph, string output)
    {
        if (PackageSettings.OfPackages.FirstOrDefault(context.Values.IsSet) is { } setting)
        {
            throw context.UsageError($"{setting.Name} has no place in a .onnx file.", "Give an --output that ends in .flm.");
        }

        using (var file = AtomicFile.Create(output))
        {
            file.Stream.Write(graph);
            file.Commit();
        }

        context.Console.Output.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{output}: {graph.Length} bytes\n")));
        context.Console.Output.Flush();
        return 0;
    }

    private static PackageSaveOptions OptionsOf(CommandContext context)
    {
        var compression = context.Values.Get(PackageSettings.Compression);
        return new PackageSaveOptions
        {
            Format = context.Values.Get(PackageSettings.Protocol) switch
            {
                "1" => PackageGeneration.Protocol1,
                "tar" => PackageGeneration.G1,
                _ => PackageGeneration.Protocol2,
            },
            Compression = compression == "none" ? null : compression,
        };
    }

    private static void CheckCases(CommandContext context, ModelPackage source, IReadOnlyList<InputShape> shapes, ModelEngines engines)
    {
        if (context.Values.Get(PackageSettings.Cases) is not { } file)
        {
            return;
        }

        using var input = RowsInput.Open(file, context.Console);
        var cases = ModelCases.Read(RowsInput.ReadAll(input, RowsInput.NameOf(file)).Span);
        using var model = engines.Load(WithSteps(context, source, shapes));
        var tolerance = ModelSettings.Tolerance.Default;
        var differences = ModelCases.Verify(model, cases, tolerance);
        if (differences.Count > 0)
        {
            throw new FlamaException(
                ErrorCodes.InvalidModel, $"The model does not pass its cases: {differences[0]}.", "Check that the cases belong to this model; nothing was written.");
        }
    }

    // As the package will have them.
    private static ModelSource WithSteps(CommandContext context, ModelPackage source, IReadOnlyList<InputShape> shapes)
    {
        var model = source.ReadModel();
        return model with
        {
            ModelKey = context.Values.Get(ModelSettings.Key) ?? model.ModelKey,
            InputShapes = shapes.Count > 0 ? shapes : model.InputShapes,
            Before = [.. model.Before, .. context.Values.GetAll(PackageSettings.Before).Select(ReadStep)],
        };
    }

    private static ModelSource ReadStep(string path)
    {
        using var step = ModelFile.Open(path);
        var model = step.ReadModel();
        return model with { Payload = ModelPayload.FromMemory(model.Payload.ReadAll()) };
    }

    private static void CheckSteps(CommandContext context, ModelPackage source, IReadOnlyList<InputShape> shapes, ModelEngines engines)
    {
        if (context.Values.GetAll(PackageSettings.Before).Any())
        {
            engines.Load(WithSteps(context, source, shapes)).Dispose();
        }
    }

    // What stands in the file is read back, so that what is shown is what is there.
    private static void Show(CommandContext context, string output)
    {
        using var package = ModelPackage.Open(output);
        var metadata = package.Metadata!;
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"{output}: {new FileInfo(output).Length} bytes\n");
        text.Append(CultureInfo.InvariantCulture, $"  model     {metadata.ModelClass} of {metadata.Framework} {metadata.FrameworkVersion}, {package.ReadModel().Payload.Length} bytes\n");
        text.Append(CultureInfo.InvariantCulture, $"  id        {metadata.Id}\n  timestamp {metadata.Timestamp}\n");
        foreach (var artifact in package.Artifacts)
        {
            text.Append(CultureInfo.InvariantCulture, $"  artifact  {SafeText.OneLine(artifact.Name)}, {LengthOf(artifact)} bytes\n");
        }

        context.Console.Output.Write(Encoding.UTF8.GetBytes(text.ToString()));
        context.Console.Output.Flush();
    }

    private static long LengthOf(Artifact artifact)
    {
        using var stream = artifact.OpenRead();
        var buffer = new byte[64 * 1024];
        long length = 0;
        int read;
        while ((read = stream.Read(buffer, 0, buffer.Length)) > 0)
        {
            length += read;
        }

        return length;
    }
}
