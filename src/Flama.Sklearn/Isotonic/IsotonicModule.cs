namespace Flama.Sklearn.Isotonic;

/// <summary>The estimators of <c>sklearn.isotonic</c>.</summary>
internal static class IsotonicModule
{
    public static readonly EstimatorEntry[] Entries =
    [
        new("IsotonicRegression", state => new IsotonicRegression(state), "sklearn.isotonic"),
    ];
}
