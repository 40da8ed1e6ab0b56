using System.Globalization;
using System.Text;
using Flama.Cli.Input;
using Flama.Cli.Models;
using Flama.Cli.Settings;
using Flama.Packaging;
using Flama.Scoring;

namespace Flama.Cli.Commands;

/// <summary><c>flama model MODEL verify</c>: replays stored inputs and compares with stored outputs.</summary>
internal sealed class ModelVerifyCommand() : CliCommand(Word, "Replays stored inputs and compares with stored outputs.")
{
    /// <summary>The word on the command line.</summary>
    public const string Word = "verify";

    private const int MostShown = 10;

    /// <inheritdoc/>
    public override string Usage => $"model MODEL {Word}";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Details =>
    [
        "Cases are a JSON list of objects with the rows in 'input', what the model should answer in 'output', and the method in 'method' "
        + $"(predict where it is missing); or an object with that list in 'cases'. Without --file they are the package's own artifact "
        + $"{ModelCases.ArtifactName}, or the input example of an MLflow model, which must be answered. Ends with 0 when everything is equal and with 1 when something is not.",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<string> Examples =>
    [
        "  flama model churn.flm verify",
        "  flama model churn.flm verify --file cases.json --tolerance 1e-6",
    ];

    /// <inheritdoc/>
    public override IReadOnlyList<SettingGroup> Groups => [new("Options", [ModelSettings.File, ModelSettings.Tolerance, ModelSettings.Key])];

    /// <inheritdoc/>
    public override async Task<int> RunAsync(CommandContext context)
    {
        var path = ModelCommand.PathOf(context);
        var tolerance = context.Values.Get(ModelSettings.Tolerance);
        using var package = ModelFile.Open(await ModelFile.BringAsync(context, path));
        var example = IsStored(context, package) ? null : package.ReadModel().InputExample;
        var cases = example is { } exampleRows ? [ModelCases.OfExample(exampleRows)] : ModelCases.Read(Text(context, package, path).Span);
        using var model = ModelFile.Load(package, context);
        var differences = ModelCases.Verify(model, cases, tolerance);
        if (differences.Count == 0)
        {
            var rows = cases.Sum(one => one.Rows);
            var told = example is null
                ? string.Create(CultureInfo.InvariantCulture, $"{cases.Count} cases with {rows} rows are as expected.\n")
                : string.Create(CultureInfo.InvariantCulture, $"The example of {rows} rows that came with the model is answered; it has no answers to compare.\n");
            context.Console.Output.Write(Encoding.UTF8.GetBytes(told));
            context.Console.Output.Flush();
            return 0;
        }

        context.Console.Error.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"Error: The model differs from the stored outputs {differences.Count} times:"));
        foreach (var difference in differences.Take(MostShown))
        {
            context.Console.Error.WriteLine($"  {SafeText.OneLine(difference)}");
        }

        return 1;
    }

    private static bool IsStored(CommandContext context, ModelPackage package) =>
        context.Values.Get(ModelSettings.File) is not null || package.Artifacts.TryGet(ModelCases.ArtifactName, out _);

    private static ReadOnlyMemory<byte> Text(CommandContext context, ModelPackage package, string path)
    {
        if (context.Values.Get(ModelSettings.File) is { } file)
        {
            using var input = RowsInput.Open(file, context.Console);
            return RowsInput.ReadAll(input, RowsInput.NameOf(file));
        }

        if (!package.Artifacts.TryGet(ModelCases.ArtifactName, out var artifact))
        {
            throw context.UsageError(
                $"'{path}' has no artifact {ModelCases.ArtifactName}.", $"Name a file of cases: flama model MODEL {Word} {ModelSettings.File.Name} CASES");
        }

        using var stream = artifact.OpenRead();
        return RowsInput.ReadAll(stream, ModelCases.ArtifactName);
    }
}
