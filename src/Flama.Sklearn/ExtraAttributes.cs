using System.Collections.Frozen;

namespace Flama.Sklearn;

/// <summary>Attributes that look like constructor parameters and are none: base classes set them, and <c>get_params</c> leaves them out.</summary>
/// <remarks>Found by comparing each class's attributes with its <c>get_params</c> in scikit-learn 1.2.1 and xgboost 1.7.4.</remarks>
internal static class ExtraAttributes
{
    private static readonly FrozenDictionary<string, string[]> OfClass = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["AdaBoostClassifier"] = ["estimator_params"],
        ["AdaBoostRegressor"] = ["estimator_params"],
        ["BaggingClassifier"] = ["estimator_params"],
        ["BaggingRegressor"] = ["estimator_params"],
        ["CCA"] = ["algorithm", "deflation_mode", "mode"],
        ["DecisionTreeRegressor"] = ["class_weight"],
        ["ExtraTreeRegressor"] = ["class_weight"],
        ["ExtraTreesClassifier"] = ["base_estimator", "estimator", "estimator_params"],
        ["ExtraTreesRegressor"] = ["base_estimator", "class_weight", "estimator", "estimator_params"],
        ["GradientBoostingClassifier"] = ["alpha"],
        ["GraphicalLasso"] = ["store_precision"],
        ["GraphicalLassoCV"] = ["store_precision"],
        ["HalvingGridSearchCV"] = ["pre_dispatch"],
        ["HalvingRandomSearchCV"] = ["pre_dispatch"],
        ["IsolationForest"] = ["base_estimator", "bootstrap_features", "estimator", "estimator_params", "oob_score"],
        ["KNeighborsClassifier"] = ["radius"],
        ["KNeighborsRegressor"] = ["radius"],
        ["KNeighborsTransformer"] = ["radius"],
        ["LabelPropagation"] = ["alpha"],
        ["LarsCV"] = ["fit_path", "jitter", "n_nonzero_coefs", "random_state"],
        ["Lasso"] = ["l1_ratio"],
        ["LassoLarsIC"] = ["fit_path"],
        ["LocalOutlierFactor"] = ["radius"],
        ["MLPClassifier"] = ["loss"],
        ["MLPRegressor"] = ["loss"],
        ["MultiTaskLasso"] = ["l1_ratio"],
        ["MultiTaskLassoCV"] = ["positive", "precompute"],
        ["NuSVC"] = ["C", "epsilon"],
        ["NuSVR"] = ["class_weight", "epsilon", "probability", "random_state"],
        ["OneClassSVM"] = ["C", "class_weight", "epsilon", "probability", "random_state"],
        ["PLSCanonical"] = ["deflation_mode", "mode"],
        ["PLSRegression"] = ["algorithm", "deflation_mode", "mode"],
        ["PassiveAggressiveClassifier"] = ["alpha", "epsilon", "eta0", "l1_ratio", "learning_rate", "penalty", "power_t"],
        ["PassiveAggressiveRegressor"] = ["alpha", "eta0", "l1_ratio", "learning_rate", "penalty", "power_t"],
        ["Perceptron"] = ["C", "average", "epsilon", "learning_rate", "loss", "power_t"],
        ["RadiusNeighborsClassifier"] = ["n_neighbors"],
        ["RadiusNeighborsRegressor"] = ["n_neighbors"],
        ["RadiusNeighborsTransformer"] = ["n_neighbors"],
        ["RandomForestClassifier"] = ["base_estimator", "estimator", "estimator_params"],
        ["RandomForestRegressor"] = ["base_estimator", "class_weight", "estimator", "estimator_params"],
        ["RandomTreesEmbedding"] = ["base_estimator", "bootstrap", "class_weight", "estimator", "estimator_params", "max_samples", "oob_score"],
        ["RidgeClassifierCV"] = ["alpha_per_target", "gcv_mode"],
        ["SGDClassifier"] = ["C"],
        ["SGDOneClassSVM"] = ["C", "alpha", "early_stopping", "epsilon", "l1_ratio", "loss", "n_iter_no_change", "penalty", "validation_fraction"],
        ["SGDRegressor"] = ["C"],
        ["SVC"] = ["epsilon", "nu"],
        ["SVR"] = ["class_weight", "nu", "probability", "random_state"],
        ["StackingRegressor"] = ["stack_method"],
        ["XGBClassifier"] = ["kwargs"],
        ["XGBModel"] = ["kwargs"],
        ["XGBRFClassifier"] = ["kwargs"],
        ["XGBRFRegressor"] = ["kwargs"],
        ["XGBRanker"] = ["kwargs"],
        ["XGBRegressor"] = ["kwargs"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Whether the attribute is a parameter: no underscore at either end, and none of the class's extra ones.</summary>
    public static bool IsParameter(string className, string name) =>
        name.Length > 0 && name[0] != '_' && name[^1] != '_'
        && !(OfClass.TryGetValue(className, out var extra) && extra.Contains(name, StringComparer.Ordinal));
}
