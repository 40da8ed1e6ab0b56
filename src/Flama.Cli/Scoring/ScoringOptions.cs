using Flama.Cli.Commands;
using Flama.Cli.Input;
using Flama.Cli.Settings;

namespace Flama.Cli.Scoring;

/// <summary>What the user decided about rows and results.</summary>
/// <param name="Input">How rows are written; null to find out.</param>
/// <param name="HasHeader">Whether CSV starts with names; null to find out.</param>
/// <param name="Output">How results are written.</param>
/// <param name="IsPretty">Whether JSON has a line an item.</param>
/// <param name="BadRows">What a bad row does.</param>
internal sealed record ScoringOptions(RowsFormat? Input, bool? HasHeader, RowsFormat Output, bool IsPretty, BadRowPolicy BadRows)
{
    /// <summary>Collects them.</summary>
    /// <exception cref="FlamaException">A value is wrong or contradicts another.</exception>
    public static ScoringOptions Read(CommandContext context)
    {
        var values = context.Values;
        var header = values.Get(ModelSettings.InputHeader);
        ScoringOptions options = new(
            FormatOf(values.Get(ModelSettings.InputFormat)) ?? RowSources.OfName(values.Get(ModelSettings.File)),
            header == ModelSettings.Auto ? null : header == ModelSettings.Yes,
            FormatOf(values.Get(ModelSettings.OutputFormat)) ?? RowSources.OfName(values.Get(ModelSettings.Output)) ?? RowsFormat.Json,
            values.Get(ModelSettings.Pretty),
            Enum.Parse<BadRowPolicy>(values.Get(ModelSettings.OnError), ignoreCase: true));
        return options is { IsPretty: true, Output: not RowsFormat.Json }
            ? throw context.UsageError(
                $"{ModelSettings.Pretty.Name} is for JSON, and the results are written as {options.Output.ToString().ToLowerInvariant()}.",
                $"Leave out {ModelSettings.Pretty.Name}, or write {ModelSettings.OutputFormat.Name} {ModelSettings.Json}.")
            : options;
    }

    private static RowsFormat? FormatOf(string word) =>
        word == ModelSettings.Auto ? null : Enum.Parse<RowsFormat>(word, ignoreCase: true);
}
