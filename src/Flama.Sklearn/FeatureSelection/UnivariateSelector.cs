namespace Flama.Sklearn.FeatureSelection;

/// <summary>Selects columns by a score or p-value of each: the k best, a percentage, or by false positive, discovery or family-wise error rate.</summary>
/// <remarks>
/// SelectKBest, SelectPercentile, SelectFpr, SelectFdr, SelectFwe and GenericUnivariateSelect; the scores are those of training, the function that made them
/// is not needed. Source: sklearn.feature_selection._univariate_selection, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class UnivariateSelector : Selector
{
    private UnivariateSelector(EstimatorState state, string mode, string parameter)
        : base(state, SupportMask.Of(state, mode, parameter))
    {
    }

    /// <summary>Makes the selector of a class with one rule.</summary>
    public static Func<EstimatorState, Estimator> Of(string mode, string parameter) => state => new UnivariateSelector(state, mode, parameter);

    /// <summary>Makes the generic selector, whose rule is its <c>mode</c>.</summary>
    public static UnivariateSelector Generic(EstimatorState state) =>
        new(state, state.Choice("mode", "percentile", "k_best", "fpr", "fdr", "fwe"), "param");
}
