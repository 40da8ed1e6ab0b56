namespace Flama.Sklearn.Numerics;

/// <summary>How the length of a row is measured.</summary>
internal enum RowNormKind
{
    /// <summary>The sum of absolute values.</summary>
    L1,

    /// <summary>The square root of the sum of squares.</summary>
    L2,

    /// <summary>The largest absolute value.</summary>
    Max,
}
