namespace Flama.Sklearn.Sklearn2Pmml;

/// <summary>One cell of a column with a domain.</summary>
/// <param name="Text">Its string; null for a number and for a missing cell.</param>
/// <param name="Number">Its number; NaN for a string and for a missing cell.</param>
internal readonly record struct DomainCell(string? Text, double Number)
{
    /// <summary>Whether it is NaN or None.</summary>
    public bool IsNull => Text is null && double.IsNaN(Number);

    /// <summary>The cell of a value.</summary>
    public static DomainCell Of(Scalar value) => value.Kind == ScalarKind.Null ? new(null, FeatureBatch.Null) : new(value.Text, value.Number);
}
