namespace Flama.Boosters.CatBoost;

/// <summary>What training counted for each category, or combination of categories and answers. Immutable and thread-safe.</summary>
/// <param name="Type">What was counted.</param>
/// <param name="Projection">What is looked up.</param>
/// <param name="Index">The row of each key.</param>
/// <param name="Classes">Counts per row: the classes of the target for Borders and Buckets, else 1.</param>
/// <param name="Counts">Counts, row by row.</param>
/// <param name="Sums">The sum of the target for each row, for means; else empty.</param>
/// <param name="Total">The total of a counter.</param>
internal sealed record CtrTable(CtrType Type, CtrProjection Projection, CtrIndex Index, int Classes, int[] Counts, float[] Sums, int Total)
{
    /// <summary>Whether a type is a mean: a sum and a count per row.</summary>
    public static bool IsMean(CtrType type) => type is CtrType.BinarizedTargetMeanValue or CtrType.FloatTargetMeanValue;

    /// <summary>Whether a type counts the classes of the target.</summary>
    public static bool CountsClasses(CtrType type) => type is CtrType.Borders or CtrType.Buckets;

    /// <summary>What is divided by what.</summary>
    /// <param name="row">The row; -1 for what training never saw.</param>
    /// <param name="targetBorder">See <see cref="CtrFeature.TargetBorder"/>.</param>
    public (float Count, float Total) Read(int row, int targetBorder)
    {
        if (CountsClasses(Type))
        {
            return row < 0 ? (0, 0) : ReadClasses(Counts.AsSpan(row * Classes, Classes), targetBorder);
        }

        if (IsMean(Type))
        {
            return row < 0 ? (0, 0) : (Sums[row], Counts[row]);
        }

        return (row < 0 ? 0 : Counts[row], Total);
    }

    private (float Count, float Total) ReadClasses(ReadOnlySpan<int> classes, int targetBorder)
    {
        var total = 0;
        var above = 0;
        for (var i = 0; i < classes.Length; i++)
        {
            total = unchecked(total + classes[i]);
            above = i > targetBorder ? unchecked(above + classes[i]) : above;
        }

        return (Type == CtrType.Buckets ? classes[targetBorder] : above, total);
    }
}
