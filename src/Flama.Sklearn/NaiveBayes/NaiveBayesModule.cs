namespace Flama.Sklearn.NaiveBayes;

/// <summary>The estimators of <c>sklearn.naive_bayes</c>.</summary>
internal static class NaiveBayesModule
{
    private const string Module = "sklearn.naive_bayes";

    public static readonly EstimatorEntry[] Entries =
    [
        new("BernoulliNB", state => new BernoulliNB(state), Module),
        new("CategoricalNB", state => new CategoricalNB(state), Module),
        new("ComplementNB", state => new DiscreteBayes(state), Module),
        new("GaussianNB", state => new GaussianNB(state), Module),
        new("MultinomialNB", state => new DiscreteBayes(state), Module),
    ];
}
