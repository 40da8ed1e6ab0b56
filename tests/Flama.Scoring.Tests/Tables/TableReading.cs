using System.Globalization;
using Flama.Scoring.Columns;

namespace Flama.Scoring.Tests.Tables;

/// <summary>Reads files of typed columns as rows, for comparison as text.</summary>
internal static class TableReading
{
    /// <summary>A model that takes anything in the columns of these names.</summary>
    public static TableSpec Anything(params string[] names) =>
        new([.. names.Select(name => new Feature(FeatureKind.Any) { Name = name, AllowsMissing = true, AllowsInfinity = true })]);

    /// <summary>The rows: cells between blanks, rows between bars; a problem stands in brackets.</summary>
    public static async Task<string> ReadAsync(Stream input, TableSpec spec, ScoringOptions? options = null)
    {
        var prefix = new byte[16];
        var length = input.ReadAtLeast(prefix, prefix.Length, throwOnEndOfStream: false);
        input.Position = 0;
        return await ReadAsync(TableFormats.Of(prefix.AsSpan(0, length))!, input, spec, options);
    }

    /// <inheritdoc cref="ReadAsync(Stream, TableSpec, ScoringOptions?)"/>
    public static async Task<string> ReadAsync(TableFormat format, Stream input, TableSpec spec, ScoringOptions? options = null)
    {
        var token = TestContext.Current.CancellationToken;
        using var table = await format.OpenAsync(input, "the test", token);
        TableRows rows = new(table, spec, options ?? new());
        using var chunk = rows.NewChunk();
        List<string> found = [];
        while (await rows.ReadAsync(chunk, token))
        {
            for (var row = 0; row < chunk.Count; row++)
            {
                found.Add(chunk.FaultOf(row) is { } fault ? $"({chunk.PositionOf(row)}{fault})" : Show(chunk.Rows(row, 1)));
            }
        }

        return string.Join('|', found);
    }

    private static string Show(FeatureBatch batch) =>
        string.Join(' ', Enumerable.Range(0, batch.Columns).Select(column => !batch.IsNumeric && batch.TextRow(0)[column] is { } text ? text
            : FeatureBatch.IsNull(batch.Row(0)[column]) ? "null"
            : batch.Row(0)[column].ToString("R", CultureInfo.InvariantCulture)));
}
