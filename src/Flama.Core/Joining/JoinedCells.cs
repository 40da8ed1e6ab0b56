namespace Flama.Joining;

/// <summary>Rows of several callers as one batch.</summary>
internal static class JoinedCells
{
    private const byte Missing = 1, Number = 2, Text = 4;

    /// <summary>
    /// What stands in each column: numbers, texts, missing cells. Where two batches differ in that, computing them together could mean something else than computing each, as one
    /// text makes texts of a whole array in Python; null where a column has both numbers and texts, or the rows are sparse.
    /// </summary>
    public static byte[]? KindsOf(FeatureBatch batch)
    {
        if (batch.Sparse is not null)
        {
            return null;
        }

        var kinds = new byte[batch.Columns];
        for (var row = 0; row < batch.Rows; row++)
        {
            var numbers = batch.Row(row);
            var texts = batch.TextRow(row);
            for (var column = 0; column < kinds.Length; column++)
            {
                kinds[column] |= !texts.IsEmpty && texts[column] is not null ? Text : double.IsNaN(numbers[column]) ? Missing : Number;
            }
        }

        return Array.Exists(kinds, static kind => (kind & (Number | Text)) == (Number | Text)) ? null : kinds;
    }

    /// <summary>Whether two batches have the same columns, as far as their cells do not tell.</summary>
    public static bool HaveTheSameColumns(FeatureBatch one, FeatureBatch other) =>
        one.Columns == other.Columns
        && one.IsNumeric == other.IsNumeric
        && AreEqual(one.ColumnNames, other.ColumnNames)
        && AreEqual(one.ColumnOrigins, other.ColumnOrigins);

    /// <summary>Copies rows into a new batch, one behind the other.</summary>
    /// <param name="batches">One or more, with the same columns.</param>
    public static FeatureBatch Join(IReadOnlyList<FeatureBatch> batches)
    {
        var first = batches[0];
        var rows = 0;
        foreach (var batch in batches)
        {
            rows = checked(rows + batch.Rows);
        }

        var joined = FeatureBatch.RentUninitialized(rows, first.Columns, withTexts: !first.IsNumeric, columnNames: first.ColumnNames, columnOrigins: first.ColumnOrigins);
        var at = 0;
        foreach (var batch in batches)
        {
            batch.Numbers.CopyTo(joined.WritableNumbers[at..]);
            batch.Texts.CopyTo(joined.WritableTexts[(first.IsNumeric ? 0 : at)..]);
            at += batch.Rows * batch.Columns;
        }

        return joined;
    }

    /// <summary>Copies some rows into a new batch, whose first one has the number 0.</summary>
    public static FeatureBatch Take(FeatureBatch joined, int first, int rows)
    {
        using var view = joined.Slice(first, rows);
        return Join([view]);
    }

    private static bool AreEqual<T>(IReadOnlyList<T>? one, IReadOnlyList<T>? other) => ReferenceEquals(one, other) || (one is not null && other is not null && one.SequenceEqual(other));
}
