namespace Flama.Sklearn.NaiveBayes;

/// <summary>The estimators of <c>sklearn.naive_bayes</c>.</summary>
internal static class NaiveBayesModule
{
    public static readonly EstimatorEntry[] Entries =
    [
        new("GaussianNB", state => new GaussianNB(state), "sklearn.naive_bayes"),
    ];
}
