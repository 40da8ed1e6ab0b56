using Flama.Pickle;
using Flama.Sklearn;

namespace Flama.ConformanceTests;

/// <summary>Every estimator of the catalog is in some golden model, and every golden model's class is in the catalog.</summary>
public sealed class EstimatorCoverageTests
{
    private const string Balanced = "imblearn writes no files here; its classes hold scikit-learn's, and Flama.Sklearn.Tests/Imblearn has them by hand";
    private const string NoMethods = "it has nothing to ask, and only loads";
    private const string Decoration = "Flama.Sklearn.Tests/Sklearn2Pmml has the values of the library's own tests";
    private const string Count = "the results of a model that others of these have, with another way of fitting";
    private const string Selector = "all selectors keep what they drop as DropConstantFeatures does";
    private const string Gam = "LinearGAM's rule with another distribution and link";
    private const string OldName = "the name of TweedieRegressor's base in versions that no golden is of";

    /// <summary>Catalog entries without a golden model, and why.</summary>
    private static readonly Dictionary<string, string> Unseen = new(StringComparer.Ordinal)
    {
        ["imblearn.ensemble._bagging.BalancedBaggingClassifier"] = Balanced,
        ["imblearn.ensemble._easy_ensemble.EasyEnsembleClassifier"] = Balanced,
        ["imblearn.ensemble._forest.BalancedRandomForestClassifier"] = Balanced,
        ["imblearn.ensemble._weight_boosting.RUSBoostClassifier"] = Balanced,
        ["imblearn.pipeline.Pipeline"] = Balanced,
        ["feature_engine.selection.drop_duplicate_features.DropDuplicateFeatures"] = Selector,
        ["feature_engine.selection.drop_psi_features.DropHighPSIFeatures"] = Selector,
        ["feature_engine.selection.information_value.SelectByInformationValue"] = Selector,
        ["feature_engine.selection.probe_feature_selection.ProbeFeatureSelection"] = Selector,
        ["feature_engine.selection.recursive_feature_addition.RecursiveFeatureAddition"] = Selector,
        ["feature_engine.selection.recursive_feature_elimination.RecursiveFeatureElimination"] = Selector,
        ["feature_engine.selection.shuffle_features.SelectByShuffling"] = Selector,
        ["feature_engine.selection.single_feature_performance.SelectBySingleFeaturePerformance"] = Selector,
        ["feature_engine.selection.smart_correlation_selection.SmartCorrelatedSelection"] = Selector,
        ["feature_engine.selection.target_mean_selection.SelectByTargetMeanPerformance"] = Selector,
        ["feature_engine.discretisation.geometric_width.GeometricWidthDiscretiser"] = "EqualWidthDiscretiser's rule with other edges",
        ["feature_engine.imputation.drop_missing_data.DropMissingData"] = "it takes rows out, which no answer can; Flama.Sklearn.Tests/FeatureEngine has what it does instead",
        ["statsmodels.discrete.discrete_model.CountResultsWrapper"] = Count,
        ["statsmodels.discrete.discrete_model.L1CountResultsWrapper"] = Count,
        ["statsmodels.discrete.discrete_model.L1MultinomialResultsWrapper"] = Count,
        ["statsmodels.discrete.discrete_model.L1NegativeBinomialResultsWrapper"] = Count,
        ["statsmodels.discrete.discrete_model.L1PoissonResultsWrapper"] = Count,
        ["mord.threshold_based.LogisticSE"] = "LogisticAT's rule, fitted by squared errors",
        ["pygam.pygam.ExpectileGAM"] = Gam,
        ["pygam.pygam.GAM"] = Gam,
        ["pygam.pygam.GammaGAM"] = Gam,
        ["pygam.pygam.InvGaussGAM"] = Gam,
        ["statsmodels.discrete.count_model.L1ZeroInflatedPoissonResultsWrapper"] = Count,
        ["lightgbm.sklearn.LGBMModel"] = "the base class of the others, with LGBMRegressor's rule",
        ["sklearn.cluster._hdbscan.hdbscan.HDBSCAN"] = NoMethods,
        ["sklearn.manifold._classical_mds.ClassicalMDS"] = NoMethods,
        ["sklearn.linear_model._glm.glm.GeneralizedLinearRegressor"] = OldName,
        ["sklearn.linear_model._glm.glm._GeneralizedLinearRegressor"] = OldName,
        ["sklearn.frozen._frozen.FrozenEstimator"] = "since 1.6; it hands everything on to the estimator inside",
        ["sklearn2pmml.decoration.Alias"] = Decoration,
        ["sklearn2pmml.decoration.CategoricalDomain"] = Decoration,
        ["sklearn2pmml.decoration.ContinuousDomain"] = Decoration,
        ["sklearn2pmml.decoration.ContinuousDomainEraser"] = Decoration,
        ["sklearn2pmml.decoration.DiscreteDomainEraser"] = Decoration,
        ["sklearn2pmml.decoration.MultiAlias"] = Decoration,
        ["sklearn2pmml.decoration.MultiDomain"] = Decoration,
        ["sklearn2pmml.decoration.OrdinalDomain"] = Decoration,
        ["sklearn2pmml.pipeline.PMMLPipeline"] = "scikit-learn's Pipeline with another name",
        ["sklearn.model_selection._classification_threshold.TunedThresholdClassifierCV"] = "since 1.5; FixedThresholdClassifier's rule with another attribute",
        ["xgboost.sklearn.XGBModel"] = "the base class of the others, with XGBRegressor's rule",
    };

    [Fact]
    public void Catalog_Entries_AreInGoldenModels()
    {
        var seen = SeenEstimators.All;

        var missing = EstimatorCatalog.Entries
            .Where(entry => !entry.Modules.Any(module => seen.ContainsKey(new GlobalName(module, entry.Name))))
            .Select(entry => $"{entry.Modules[0]}.{entry.Name}");

        Assert.Equal(Unseen.Keys.Order(StringComparer.Ordinal), missing.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void GoldenModels_Classes_AreInTheCatalog()
    {
        var unknown = new SortedSet<string>(StringComparer.Ordinal);

        foreach (var version in SklearnCase.Versions)
        {
            foreach (var golden in SklearnCase.Names(version).Select(name => SklearnCase.Read(version, name)))
            {
                if (golden.Meta.TryGetProperty("estimator", out var path) && !IsKnown(path.GetString()!))
                {
                    unknown.Add(path.GetString()!);
                }
            }
        }

        Assert.Empty(unknown);
    }

    private static bool IsKnown(string path)
    {
        var dot = path.LastIndexOf('.');
        return EstimatorCatalog.Contains(new GlobalName(path[..dot], path[(dot + 1)..]));
    }
}
