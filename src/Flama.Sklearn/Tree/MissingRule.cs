namespace Flama.Sklearn.Tree;

/// <summary>Whether trees take missing values: the writer's version, and what it could train with them.</summary>
internal static class MissingRule
{
    private static readonly string[] Criteria = ["gini", "entropy", "log_loss", "squared_error", "friedman_mse", "poisson"];

    /// <summary>A single tree: since 1.3, with thresholds drawn at random since 1.6, with monotonic constraints or absolute errors since 1.9.</summary>
    public static bool AppliesTo(EstimatorState tree) =>
        tree.Version.IsAtLeast(1, 3)
        && (tree.Value("monotonic_cst") is null || tree.Version.IsAtLeast(1, 9))
        && (tree.Value("splitter") is "best" || tree.Version.IsAtLeast(1, 6))
        && tree.Value("criterion") is string criterion
        && (Criteria.Contains(criterion) || tree.Version.IsAtLeast(1, 9));

    /// <summary>A forest: since 1.4, where its trees take them.</summary>
    public static bool AppliesToForest(EstimatorState forest, EstimatorState tree) => forest.Version.IsAtLeast(1, 4) && AppliesTo(tree);
}
