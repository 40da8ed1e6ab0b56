using System.Collections.Frozen;
using Flama.Pickle;

namespace Flama.Sklearn;

/// <summary>Every estimator, by Python class path: the sum of the modules' lists.</summary>
internal static class EstimatorCatalog
{
    private static readonly FrozenDictionary<GlobalName, Func<EstimatorState, Estimator>> ByClass = Collect();

    /// <summary>The modules' lists.</summary>
    public static IEnumerable<EstimatorEntry> Entries =>
    [
        .. Calibration.CalibrationModule.Entries,
        .. CatBoost.CatBoostModule.Entries,
        .. CategoryEncoders.CategoryEncodersModule.Entries,
        .. Cluster.ClusterModule.Entries,
        .. Compose.ComposeModule.Entries,
        .. Covariance.CovarianceModule.Entries,
        .. CrossDecomposition.CrossDecompositionModule.Entries,
        .. Decomposition.DecompositionModule.Entries,
        .. DiscriminantAnalysis.DiscriminantAnalysisModule.Entries,
        .. Dummy.DummyModule.Entries,
        .. Ensemble.EnsembleModule.Entries,
        .. FeatureEngine.FeatureEngineModule.Entries,
        .. FeatureExtraction.FeatureExtractionModule.Entries,
        .. FeatureSelection.FeatureSelectionModule.Entries,
        .. Frozen.FrozenModule.Entries,
        .. GaussianProcess.GaussianProcessModule.Entries,
        .. Imblearn.ImblearnModule.Entries,
        .. Impute.ImputeModule.Entries,
        .. Interpret.InterpretModule.Entries,
        .. Isotonic.IsotonicModule.Entries,
        .. KernelApproximation.KernelApproximationModule.Entries,
        .. KernelRidge.KernelRidgeModule.Entries,
        .. Lifelines.LifelinesModule.Entries,
        .. LightGbm.LightGbmModule.Entries,
        .. LinearModel.LinearModelModule.Entries,
        .. Manifold.ManifoldModule.Entries,
        .. Mixture.MixtureModule.Entries,
        .. ModelSelection.ModelSelectionModule.Entries,
        .. Mord.MordModule.Entries,
        .. MultiOutput.MultiOutputModule.Entries,
        .. Multiclass.MulticlassModule.Entries,
        .. NaiveBayes.NaiveBayesModule.Entries,
        .. Neighbors.NeighborsModule.Entries,
        .. NeuralNetwork.NeuralNetworkModule.Entries,
        .. Pipelines.PipelinesModule.Entries,
        .. Sklearn2Pmml.Sklearn2PmmlModule.Entries,
        .. Preprocessing.PreprocessingModule.Entries,
        .. PyGam.PyGamModule.Entries,
        .. RandomProjection.RandomProjectionModule.Entries,
        .. SemiSupervised.SemiSupervisedModule.Entries,
        .. SklearnPandas.SklearnPandasModule.Entries,
        .. Statsmodels.StatsmodelsModule.Entries,
        .. Svm.SvmModule.Entries,
        .. Tree.TreeModule.Entries,
        .. XGBoost.XGBoostModule.Entries,
    ];

    /// <summary>Whether a class is known.</summary>
    public static bool Contains(GlobalName name) => ByClass.ContainsKey(name);

    /// <summary>Makes an estimator of its attributes.</summary>
    /// <exception cref="FlamaException">The class is not in the catalog, or the attributes are not sound.</exception>
    public static Estimator Create(EstimatorState state) => ByClass.TryGetValue(state.Class, out var create)
        ? create(state)
        : throw new FlamaException(
            ErrorCodes.UnsupportedEstimator,
            $"The model uses {state.Class} at {state.Location}, an estimator that cannot be evaluated without Python yet. A step that is not known is never left out.",
            "Export the model to ONNX, or train it without this step.");

    private static FrozenDictionary<GlobalName, Func<EstimatorState, Estimator>> Collect()
    {
        var table = new Dictionary<GlobalName, Func<EstimatorState, Estimator>>();
        foreach (var entry in Entries)
        {
            foreach (var module in entry.Modules)
            {
                table.Add(new GlobalName(module, entry.Name), entry.Create);
            }
        }

        return table.ToFrozenDictionary();
    }
}
