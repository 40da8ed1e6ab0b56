using Flama.Pickle;

namespace Flama.Sklearn;

/// <summary>
/// The classes and functions that files of scikit-learn 0.20 to 1.9, and of the libraries around it, may refer to. Every class is data; the
/// calls
/// are those that scikit-learn's compiled types write, with their arguments checked; functions are named one by one.
/// </summary>
internal static class SklearnGlobals
{
    private static readonly string[] Losses =
    [
        "CyHalfSquaredError", "CyAbsoluteError", "CyPinballLoss", "CyHuberLoss", "CyHalfPoissonLoss", "CyHalfGammaLoss",
        "CyHalfTweedieLoss",
        "CyHalfTweedieLossIdentity", "CyHalfBinomialLoss", "CyHalfMultinomialLoss", "CyExponentialLoss",
    ];

    private static readonly string[] SgdLosses =
    [
        "Hinge", "SquaredHinge", "Log", "ModifiedHuber", "SquaredLoss", "Huber", "EpsilonInsensitive", "SquaredEpsilonInsensitive",
    ];

    /// <summary>The packages beside scikit-learn whose classes are data.</summary>
    public static readonly string[] Packages =
    [
        "xgboost", "lightgbm", "catboost", "imblearn", "sklearn2pmml", "sklearn_pandas", "category_encoders", "feature_engine", "statsmodels", "interpret", "mord",
        "pygam", "lifelines",
    ];

    /// <summary>The table.</summary>
    public static GlobalTable Table { get; } = MakeTable();

    private static GlobalTable MakeTable()
    {
        var table = GlobalTable.Default.ToBuilder();
        table.AddPackage("sklearn").ExcludePackage("sklearn.externals");
        foreach (var package in Packages)
        {
            table.AddPackage(package);
        }

        table.AddConstructor("lifelines.utils", "CensoringType", static call => call.Inert());
        table.AddConstructor("builtins", "getattr", MethodOfResults);
        table.AddClasses(
            "statsmodels.distributions.discrete",
            "zipoisson_gen", "zinegativebinomial_gen", "zigenpoisson_gen", "genpoisson_p_gen", "truncatedpoisson_gen", "truncatednegbin_gen");
        foreach (var module in (string[])["numpy", "numpy.lib._function_base_impl", "numpy.lib.function_base"])
        {
            table.AddClasses(module, "vectorize");
        }

        table.AddFunctions("statsmodels.base.l1_slsqp", "fit_l1_slsqp");
        table.AddFunctions("statsmodels.base.l1_cvxopt", "fit_l1_cvxopt_cp");
        table.AddClasses(
            "statsmodels.genmod.families.links",
            "logit", "probit", "cauchy", "cloglog", "loglog", "log", "logc", "identity", "inverse_power", "inverse_squared", "sqrt", "nbinom");
        AddTrees(table);
        AddNeighbors(table);
        AddLosses(table);
        AddFunctions(table);
        return table.Build();
    }

    private static void AddTrees(GlobalTableBuilder table)
    {
        table.AddConstructor("sklearn.tree._tree", "Tree", Tree);
        table.AddClasses("sklearn.compose._column_transformer", "make_column_selector");
        table.AddConstructor("sklearn.utils._metadata_requests", "RequestType", RequestType);
    }

    private static void AddNeighbors(GlobalTableBuilder table)
    {
        foreach (var module in (string[])
            ["sklearn.neighbors._kd_tree", "sklearn.neighbors._ball_tree", "sklearn.neighbors.kd_tree", "sklearn.neighbors.ball_tree",
                "sklearn.metrics._dist_metrics", "sklearn.neighbors._dist_metrics", "sklearn.neighbors.dist_metrics"])
        {
            table.AddConstructor(module, "newObj", OfClass);
        }
    }

    private static void AddLosses(GlobalTableBuilder table)
    {
        // Files of 1.5.2, 1.6.1, 1.7.2 and 1.8.0 name the module "_loss", as their builds compiled it; those of 1.1.3 to 1.4.2 and 1.9.0 in full.
        foreach (var name in Losses)
        {
            foreach (var module in (string[])["sklearn._loss._loss", "_loss"])
            {
                table.AddConstructor(module, $"__pyx_unpickle_{name}", Unpickled);
                table.AddConstructor(module, name, Loss);
            }

            table.AddConstructor("sklearn.linear_model._sgd_fast", name, Loss);
        }

        foreach (var module in (string[])["sklearn.linear_model._sgd_fast", "sklearn.linear_model.sgd_fast"])
        {
            foreach (var name in SgdLosses)
            {
                table.AddConstructor(module, name, Loss);
            }
        }
    }

    private static void AddFunctions(GlobalTableBuilder table)
    {
        foreach (var module in (string[])
            ["sklearn.feature_selection._univariate_selection", "sklearn.feature_selection.univariate_selection"])
        {
            table.AddFunctions(module, "chi2", "f_classif", "f_regression", "f_oneway", "r_regression");
        }

        foreach (var module in (string[])["sklearn.feature_selection._mutual_info", "sklearn.feature_selection.mutual_info_"])
        {
            table.AddFunctions(module, "mutual_info_classif", "mutual_info_regression");
        }

        table.AddFunctions("sklearn.metrics._scorer", "_passthrough_scorer");
        table.AddFunctions("sklearn.metrics.scorer", "_passthrough_scorer");
        table.AddFunctions("sklearn.utils.validation", "check_array");
        table.AddFunctions("sklearn.cluster._kmeans", "_kmeans_single_lloyd", "_kmeans_single_elkan");
        foreach (var module in (string[])["sklearn.metrics._classification", "sklearn.metrics.classification"])
        {
            table.AddFunctions(
                module, "accuracy_score", "balanced_accuracy_score", "f1_score", "fbeta_score", "precision_score", "recall_score",
                "jaccard_score", "log_loss", "matthews_corrcoef", "cohen_kappa_score", "brier_score_loss", "hamming_loss", "zero_one_loss");
        }

        foreach (var module in (string[])["sklearn.metrics._regression", "sklearn.metrics.regression"])
        {
            table.AddFunctions(
                module, "r2_score", "mean_squared_error", "root_mean_squared_error", "mean_absolute_error", "median_absolute_error",
                "max_error", "mean_squared_log_error", "root_mean_squared_log_error", "mean_absolute_percentage_error",
                "explained_variance_score", "mean_poisson_deviance", "mean_gamma_deviance", "mean_tweedie_deviance", "mean_pinball_loss",
                "d2_tweedie_score");
        }

        foreach (var module in (string[])["sklearn.metrics._ranking", "sklearn.metrics.ranking"])
        {
            table.AddFunctions(module, "roc_auc_score", "average_precision_score", "ndcg_score", "dcg_score", "top_k_accuracy_score");
        }

        table.AddFunctions(
            "sklearn.metrics.pairwise", "linear_kernel", "polynomial_kernel", "rbf_kernel", "laplacian_kernel", "sigmoid_kernel",
            "cosine_similarity", "chi2_kernel", "additive_chi2_kernel", "euclidean_distances", "manhattan_distances", "cosine_distances",
            "haversine_distances", "nan_euclidean_distances");
    }

    /// <summary><c>Tree(n_features, n_classes, n_outputs)</c>.</summary>
    private static PickleObject Tree(PickleCall call)
    {
        call.RequireCount(3, 3);
        _ = call.Argument<long>(0);
        _ = call.Argument<Pickle.Numpy.NdArray>(1);
        _ = call.Argument<long>(2);
        return call.Inert();
    }

    /// <summary><c>newObj(class)</c>: an empty instance of a compiled class.</summary>
    private static PickleObject OfClass(PickleCall call)
    {
        call.RequireCount(1, 1);
        return call.Inert(call.Class(0));
    }

    /// <summary><c>__pyx_unpickle_X(class, checksum, state)</c>; the checksum guards a memory layout that plays no part here.</summary>
    private static PickleObject Unpickled(PickleCall call)
    {
        call.RequireCount(3, 3);
        _ = call.Argument<PickleSymbol>(0);
        _ = call.Argument<long>(1);
        return call.Inert(((PickleSymbol)call.Arguments[0]!).Global);
    }

    /// <summary><c>getattr(model, 'name')</c>: a method that a model of statsmodels keeps beside its results. It stays the words that name it; of anything else it is refused.</summary>
    private static PickleObject MethodOfResults(PickleCall call) =>
        call.Arguments is [PickleObject { Class.Module: var module }, string] && module.StartsWith("statsmodels.", StringComparison.Ordinal)
            ? call.Inert()
            : throw new PickleException(
                PickleErrorCode.DisallowedGlobal,
                $"The pickle refers to builtins.getattr at byte {call.Offset}, which is not among the classes and functions that may be read as data.",
                call.Offset,
                call.Global,
                "Drop the step that holds it and save the model again, or export the model to ONNX.");

    /// <summary>A loss with its parameters, which are numbers.</summary>
    private static PickleObject Loss(PickleCall call)
    {
        call.RequireCount(0, 3);
        foreach (var argument in call.Arguments.Items)
        {
            if (argument is not (double or long or bool or null))
            {
                throw call.Refused("a parameter of a loss is not a number");
            }
        }

        return call.Inert();
    }

    /// <summary><c>RequestType(value)</c>, scikit-learn 1.2: one of an enumeration.</summary>
    private static PickleObject RequestType(PickleCall call)
    {
        call.RequireCount(1, 1);
        return call.Inert();
    }
}
