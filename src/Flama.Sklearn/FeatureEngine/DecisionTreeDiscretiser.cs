using Flama.Pickle;
using Flama.Sklearn.Frames;

namespace Flama.Sklearn.FeatureEngine;

/// <summary>Replaces each number of a variable by what a tree of that variable alone predicts, or by the number of its interval.</summary>
/// <remarks>
/// For a classifier it is the probability of the second class. Boundaries as text are refused. Source: feature_engine.discretisation.decision_tree, checked against 1.9.4.
/// </remarks>
internal sealed class DecisionTreeDiscretiser : FeatureTransformer
{
    public DecisionTreeDiscretiser(EstimatorState state)
        : base(state)
    {
        var output = state.Choice("bin_output", "prediction", "bin_number", "boundaries");
        if (output == "boundaries")
        {
            throw state.Unsupported("bin_output='boundaries' (intervals as text)");
        }

        var binners = ByColumn(state, "binner_dict_");
        Outputs = [.. InPlace(i => binners.TryGetValue(i, out var binner) ? Read(state, i, binner, output == "prediction") : null)];
    }

    private FrameColumns Read(EstimatorState state, int column, object? binner, bool predicts)
    {
        if (!predicts)
        {
            var edges = state.AsVector(binner, "binner_dict_");
            return new NumberColumn(column, Labels.NameOf(column), number => Discretiser.Find(edges, number));
        }

        var tree = state.Nested(binner as PickleObject, $"binner_dict_['{Labels.NameOf(column)}']");
        var method = state.Flag("regression") ? Method.Predict : Method.PredictProba;
        var width = tree.Has(method) ? tree.Shape(method, null).Width : 0;
        if (width == 0 || (method == Method.PredictProba && width < 2))
        {
            throw state.Fail($"its tree for '{Labels.NameOf(column)}' ({tree.Name}) cannot {MethodNames.NameOf(method)}");
        }

        var digits = state.Value("precision") is null ? (int?)null : state.Integer("precision");
        return new PredictedColumn(column, Labels.NameOf(column), tree, method, digits);
    }
}
