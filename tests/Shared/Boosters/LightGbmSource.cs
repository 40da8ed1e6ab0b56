namespace Flama.Tests;

/// <summary>Writes LightGBM's texts by hand.</summary>
internal static class LightGbmSource
{
    /// <summary>A model of some trees.</summary>
    public static string Model(string objective, int features, string trees, string header = "", string footer = "", int width = 1) => $"""
        tree
        version=v4
        num_class={width}
        num_tree_per_iteration={width}
        label_index=0
        max_feature_idx={features - 1}
        objective={objective}
        feature_names={string.Join(' ', Enumerable.Range(0, features).Select(i => $"Column_{i}"))}
        feature_infos={string.Join(' ', Enumerable.Repeat("[-1:3]", features))}
        {header}
        tree_sizes={string.Join(' ', Enumerable.Repeat(1, trees.Split("Tree=").Length - 1))}

        {trees}
        end of trees

        feature_importances:
        Column_0=1

        parameters:
        [boosting: gbdt]
        {footer}
        end of parameters

        """;

    /// <summary>A tree that splits once on feature 0: −1 to the left, 1 to the right.</summary>
    public static string Split(string threshold, int decision, string more = "num_cat=0") => $"""
        Tree=0
        num_leaves=2
        {more}
        split_feature=0
        split_gain=1
        threshold={threshold}
        decision_type={decision}
        left_child=-1
        right_child=-2
        leaf_value=-1 1
        leaf_count=1 1
        is_linear=0
        shrinkage=1


        """;

    /// <summary>A tree that is one leaf.</summary>
    public static string Leaf(double value) => FormattableString.Invariant($"""
        Tree=0
        num_leaves=1
        num_cat=0
        leaf_value={value}
        is_linear=0
        shrinkage=1


        """);
}
