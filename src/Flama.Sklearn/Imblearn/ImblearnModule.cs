using Flama.Sklearn.Ensemble;
using Flama.Sklearn.Pipelines;

namespace Flama.Sklearn.Imblearn;

/// <summary>The estimators of <c>imblearn</c>: scikit-learn's, which balanced the classes of their training rows and predict as those do.</summary>
internal static class ImblearnModule
{
    public static readonly EstimatorEntry[] Entries =
    [
        new("BalancedBaggingClassifier", state => new BaggingClassifier(state), "imblearn.ensemble._bagging", "imblearn.ensemble.classifier"),
        new("BalancedRandomForestClassifier", state => new ForestClassifier(state), "imblearn.ensemble._forest"),
        new("EasyEnsembleClassifier", state => new BaggingClassifier(state), "imblearn.ensemble._easy_ensemble"),
        new("Pipeline", state => new Pipeline(state), "imblearn.pipeline"),
        new("RUSBoostClassifier", state => new AdaBoostClassifier(state), "imblearn.ensemble._weight_boosting"),
    ];
}
