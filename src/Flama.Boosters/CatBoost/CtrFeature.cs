namespace Flama.Boosters.CatBoost;

/// <summary>A feature that is a number looked up for a category or a combination of them: (count + prior) / (total + prior), moved and scaled. Immutable.</summary>
/// <param name="Table">Where it is looked up.</param>
/// <param name="TargetBorder">Which class of the target is meant, or which are those above it.</param>
/// <param name="PriorNumerator">Added to the count.</param>
/// <param name="PriorDenominator">Added to the total.</param>
/// <param name="Shift">Added to the quotient.</param>
/// <param name="Scale">Multiplied with the sum.</param>
/// <param name="Borders">What the number is compared with, ascending.</param>
internal sealed record CtrFeature(
    CtrTable Table, int TargetBorder, float PriorNumerator, float PriorDenominator, float Shift, float Scale, float[] Borders)
{
    /// <summary>The number, in float32 as CatBoost computes it.</summary>
    /// <param name="row">The row of the table; -1 for what training never saw.</param>
    public float Of(int row)
    {
        var (count, total) = Table.Read(row, TargetBorder);
        return (((count + PriorNumerator) / (total + PriorDenominator)) + Shift) * Scale;
    }
}
