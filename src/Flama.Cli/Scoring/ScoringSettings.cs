using Flama.Cli.Commands;
using Flama.Cli.Settings;
using Flama.Scoring;

namespace Flama.Cli.Scoring;

/// <summary>What the user decided about rows and results.</summary>
internal static class ScoringSettings
{
    /// <summary>Collects it.</summary>
    /// <exception cref="FlamaException">A value is wrong or contradicts another.</exception>
    public static ScoringOptions Read(CommandContext context)
    {
        var values = context.Values;
        var header = values.Get(ModelSettings.InputHeader);
        ScoringOptions options = new()
        {
            InputFormat = InputFormatOf(context, values.Get(ModelSettings.File)),
            HasHeader = header == ModelSettings.Auto ? null : header == ModelSettings.Yes,
            InputEncoding = InputEncodings.Of(values.Get(ModelSettings.InputEncoding)),
            DropColumns = values.GetAll(ModelSettings.Drop),
            OutputFormat = FormatOf(values.Get(ModelSettings.OutputFormat)) ?? RowsFormats.OfName(values.Get(ModelSettings.Output)) ?? RowsFormat.Json,
            Indented = values.Get(ModelSettings.Pretty),
            BadRows = Enum.Parse<BadRowPolicy>(values.Get(ModelSettings.OnError), ignoreCase: true),
        };
        return options is { Indented: true, OutputFormat: not RowsFormat.Json }
            ? throw context.UsageError(
                $"{ModelSettings.Pretty.Name} is for JSON, and the results are written as {options.OutputFormat.ToString().ToLowerInvariant()}.",
                $"Leave out {ModelSettings.Pretty.Name}, or write {ModelSettings.OutputFormat.Name} {ModelSettings.Json}.")
            : options;
    }

    /// <summary>How rows are written, by the option or by the ending of their file; null to tell by content.</summary>
    public static RowsFormat? InputFormatOf(CommandContext context, string? path) => FormatOf(context.Values.Get(ModelSettings.InputFormat)) ?? RowsFormats.OfName(path);

    private static RowsFormat? FormatOf(string word) =>
        word == ModelSettings.Auto ? null : Enum.Parse<RowsFormat>(word, ignoreCase: true);
}
