using System.Globalization;

namespace Flama.Tests.Json;

/// <summary>Shows a batch as text: rows split by <c>;</c>, cells by <c>,</c>.</summary>
internal static class Batches
{
    public static string Show(FeatureBatch batch) =>
        string.Join(";", Enumerable.Range(0, batch.Rows).Select(row => string.Join(",", Enumerable.Range(0, batch.Columns).Select(column => Cell(batch, row, column)))));

    private static string Cell(FeatureBatch batch, int row, int column)
    {
        if (batch.TextAt(row, column) is { } text)
        {
            return $"'{text}'";
        }

        var value = batch.Row(row)[column];
        return FeatureBatch.IsNull(value) ? "null" : value.ToString("R", CultureInfo.InvariantCulture);
    }
}
