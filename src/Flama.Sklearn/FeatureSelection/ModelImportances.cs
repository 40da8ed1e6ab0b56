using Flama.Pickle;
using Flama.Pickle.Numpy;

namespace Flama.Sklearn.FeatureSelection;

/// <summary>How important a fitted model finds each of its columns: the norm of its coefficients, or the importances of its trees.</summary>
internal static class ModelImportances
{
    /// <summary>Reads the importances that a selector's <c>importance_getter</c> asks for; 'auto' takes coefficients, else importances.</summary>
    /// <param name="model">The fitted model.</param>
    /// <param name="selector">The selector, for <c>importance_getter</c> and <c>norm_order</c>.</param>
    public static double[] Of(EstimatorState model, EstimatorState selector)
    {
        var attribute = "auto";
        if (selector.Value("importance_getter") is { } getter)
        {
            var path = (getter as string ?? throw selector.Unsupported("an importance_getter of the user's")).Split('.');
            attribute = path[^1];
            model = Follow(model, path.AsSpan(0, path.Length - 1));
        }

        var values = attribute switch
        {
            "auto" => CoefficientsOf(model) ?? TreeImportances.Of(model),
            "coef_" => CoefficientsOf(model),
            "feature_importances_" => TreeImportances.Of(model),
            _ => model.AsMatrix(model.Required(attribute), attribute),
        };
        return Norms(
            values ?? throw model.Unsupported($"the importances of {model.ClassName}, by which {selector.ClassName} selects columns,"),
            selector.Number("norm_order", 1));
    }

    /// <summary>Whether a model takes missing values, by its class and version.</summary>
    public static bool TakesMissing(EstimatorState model) => model.ClassName switch
    {
        var name when name.StartsWith("HistGradientBoosting", StringComparison.Ordinal) => true,
        var name when name.StartsWith("XGB", StringComparison.Ordinal) || name.StartsWith("LGBM", StringComparison.Ordinal) => true,
        "DecisionTreeClassifier" or "DecisionTreeRegressor" => model.Version.IsAtLeast(1, 3),
        "RandomForestClassifier" or "RandomForestRegressor" => model.Version.IsAtLeast(1, 4),
        "ExtraTreesClassifier" or "ExtraTreesRegressor" or "ExtraTreeClassifier" or "ExtraTreeRegressor" => model.Version.IsAtLeast(1, 6),
        _ => false,
    };

    private static EstimatorState Follow(EstimatorState model, ReadOnlySpan<string> path)
    {
        for (var i = 0; i < path.Length; i++)
        {
            if (path[i] == "named_steps" && i + 1 < path.Length)
            {
                var name = path[++i];
                var step = model.List("steps").OfType<PickleTuple>().FirstOrDefault(step => step.Count == 2 && name.Equals(step[0]));
                model = model.Part(step?[1], $"named_steps.{name}");
            }
            else
            {
                model = model.Part(model.Required(path[i]), path[i]);
            }
        }

        return model;
    }

    // Stored, except for kernel machines, which compute it from their support vectors.
    private static Matrix? CoefficientsOf(EstimatorState model) => model.Value("coef_") is not null
        ? model.Matrix("coef_")
        : model.Value("_coef_") is NdArray ? model.Matrix("_coef_") : KernelCoefficients.Of(model);

    private static double[] Norms(Matrix values, double order)
    {
        var norms = new double[values.Columns];
        for (var column = 0; column < norms.Length; column++)
        {
            var magnitudes = Enumerable.Range(0, values.Rows).Select(row => Math.Abs(values[row, column]));
            norms[column] = order switch
            {
                _ when values.Rows == 1 => magnitudes.First(),
                1 => magnitudes.Sum(),
                2 => Math.Sqrt(magnitudes.Sum(value => value * value)),
                0 => magnitudes.Count(value => value != 0),
                double.PositiveInfinity => magnitudes.Max(),
                double.NegativeInfinity => magnitudes.Min(),
                _ => Math.Pow(magnitudes.Sum(value => Math.Pow(value, order)), 1 / order),
            };
        }

        return norms;
    }
}
