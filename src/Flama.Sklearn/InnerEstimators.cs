using Flama.Pickle;

namespace Flama.Sklearn;

/// <summary>Which parameters of an object are estimators with parameters of their own.</summary>
internal static class InnerEstimators
{
    private const string Kernels = "sklearn.gaussian_process.kernels";

    // The attribute in which a composition lists its parts by name.
    private static readonly string[] Lists = ["steps", "transformer_list", "transformers", "estimators"];

    /// <summary>Whether the object is a kernel of Gaussian processes, whose parameters keep the order of their constructor.</summary>
    public static bool IsKernel(PickleObject value) => value.Class.Module == Kernels;

    /// <summary>Whether the object has <c>get_params</c>.</summary>
    public static bool HasParameters(PickleObject value) => IsKernel(value) || EstimatorCatalog.Contains(value.Class);

    /// <summary>The parts that a composition lists by name (steps, transformers, members), or the operands of a kernel; empty for others.</summary>
    public static IEnumerable<(string Name, object? Value)> Of(PickleObject estimator)
    {
        if (IsKernel(estimator))
        {
            return OperandsOf(estimator);
        }

        var list = Lists.FirstOrDefault(name => IsComposition(estimator.Class.Name, name));
        return list is null || estimator.Attributes is not { } attributes || !attributes.TryGetValue(list, out var value)
            ? []
            : (EstimatorState.ItemsOf(value) ?? []).Select(EstimatorState.ItemsOf)
                .Where(item => item is { Count: >= 2 } && item[0] is string)
                .Select(item => ((string)item![0]!, item[1]));
    }

    private static IEnumerable<(string Name, object? Value)> OperandsOf(PickleObject kernel) =>
        (kernel.Attributes ?? Enumerable.Empty<KeyValuePair<object?, object?>>())
            .Where(entry => entry is { Key: "k1" or "k2" or "kernel", Value: PickleObject })
            .Select(entry => ((string)entry.Key!, entry.Value));

    private static bool IsComposition(string className, string list) => list switch
    {
        "steps" => className is "Pipeline" or "PMMLPipeline",
        "transformer_list" => className == "FeatureUnion",
        "transformers" => className == "ColumnTransformer",
        _ => className is "VotingClassifier" or "VotingRegressor" or "StackingClassifier" or "StackingRegressor",
    };
}
