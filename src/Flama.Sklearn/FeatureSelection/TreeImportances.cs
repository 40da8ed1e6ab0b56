using Flama.Pickle;
using Flama.Pickle.Numpy;

namespace Flama.Sklearn.FeatureSelection;

/// <summary>The impurity-based importances of trees and ensembles of trees.</summary>
internal static class TreeImportances
{
    /// <summary>One row of importances; null when the model has no trees that can be read.</summary>
    public static Matrix? Of(EstimatorState model)
    {
        if (model.Value("feature_importances_") is NdArray)
        {
            return model.Matrix("feature_importances_");
        }

        var importances = model.Has("tree_") ? OfTree(model, normalizes: true)
            : model.Has("estimator_weights_") ? OfWeighted(model)
            : model.Has("estimators_") ? OfEnsemble(model)
            : null;
        return importances is null ? null : new(importances, 1, importances.Length);
    }

    private static double[]? OfEnsemble(EstimatorState model)
    {
        // Boosting sums the trees' decreases and normalises at the end; forests average what each tree has normalised.
        var isBoosting = model.ClassName.StartsWith("GradientBoosting", StringComparison.Ordinal);
        var members = MembersOf(model);
        if (!members.TrueForAll(member => member.Has("tree_")))
        {
            return null;
        }

        var trees = members.Where(member => NodeCount(member) > 1).Select(member => OfTree(member, !isBoosting)).ToList();
        if (trees.Count == 0)
        {
            return new double[FeaturesOf(members[0])];
        }

        var total = new double[trees[0].Length];
        foreach (var tree in trees)
        {
            Add(model, total, tree, 1);
        }

        for (var i = 0; i < total.Length; i++)
        {
            total[i] /= trees.Count;
        }

        Normalize(total);
        return total;
    }

    private static double[]? OfWeighted(EstimatorState model)
    {
        var members = MembersOf(model);
        var weights = model.Vector("estimator_weights_");
        if (weights.Length < members.Count)
        {
            throw model.Fail($"it has {members.Count} estimators and {weights.Length} weights");
        }

        double[]? total = null;
        for (var i = 0; i < members.Count; i++)
        {
            if (Of(members[i]) is not { } importances)
            {
                return null;
            }

            total ??= new double[importances.Columns];
            Add(model, total, importances.Values, weights[i]);
        }

        var norm = weights.Sum();
        return Array.ConvertAll(total!, value => value / norm);
    }

    private static List<EstimatorState> MembersOf(EstimatorState model)
    {
        var items = model.Value("estimators_") is NdArray array ? array.ToObjects() : EstimatorState.ItemsOf(model.Required("estimators_"));
        var members = (items ?? []).Select((item, i) => model.Part(item, $"estimators_[{i}]")).ToList();
        return members.Count > 0 ? members : throw model.Fail("it has no estimators");
    }

    private static NdArray NodesOf(EstimatorState tree)
    {
        var state = tree.Part(tree.Required("tree_"), "tree_");
        return state.Array("nodes");
    }

    private static int NodeCount(EstimatorState tree) => NodesOf(tree).Length;

    private static int FeaturesOf(EstimatorState tree) =>
        tree.Value("tree_") is PickleObject { Arguments: { Count: 3 } arguments } && arguments[0] is long and > 0 and <= 1 << 22
            ? (int)(long)arguments[0]!
            : throw tree.Fail("its tree does not say how many features it takes");

    private static double[] OfTree(EstimatorState tree, bool normalizes)
    {
        var nodes = NodesOf(tree);
        var left = nodes.Field("left_child").ToInt64s();
        var right = nodes.Field("right_child").ToInt64s();
        var feature = nodes.Field("feature").ToInt64s();
        var impurity = nodes.Field("impurity").ToDoubles();
        var weight = nodes.Field("weighted_n_node_samples").ToDoubles();
        var importances = new double[FeaturesOf(tree)];
        for (var i = 0; i < left.Length; i++)
        {
            if (left[i] < 0)
            {
                continue;
            }

            if (left[i] >= left.Length || right[i] < 0 || right[i] >= left.Length || feature[i] < 0 || feature[i] >= importances.Length)
            {
                throw tree.Fail($"node {i} of its tree points outside");
            }

            importances[feature[i]] += (weight[i] * impurity[i]) - (weight[left[i]] * impurity[left[i]]) - (weight[right[i]] * impurity[right[i]]);
        }

        for (var i = 0; i < importances.Length && weight.Length > 0; i++)
        {
            importances[i] /= weight[0];
        }

        if (normalizes)
        {
            Normalize(importances);
        }

        return importances;
    }

    private static void Add(EstimatorState model, double[] total, double[] values, double weight)
    {
        if (values.Length != total.Length)
        {
            throw model.Fail($"its estimators take {total.Length} and {values.Length} features");
        }

        for (var i = 0; i < total.Length; i++)
        {
            total[i] += weight * values[i];
        }
    }

    private static void Normalize(double[] values)
    {
        var sum = values.Sum();
        for (var i = 0; sum > 0 && i < values.Length; i++)
        {
            values[i] /= sum;
        }
    }
}
