using Flama.Pickle.Pandas;
using Flama.Sklearn.Frames;

namespace Flama.Sklearn.CategoryEncoders;

/// <summary>Replaces each cell of the encoded columns by the mean target of its category in training: LeaveOneOutEncoder, CatBoostEncoder.</summary>
/// <remarks>
/// sum / count, for CatBoostEncoder (sum + a · mean) / (count + a); a category that training had once gets the mean of all, and so do unknown ones and None (NaN is a category
/// where training had it), unless they are to be NaN or refused. Source: category_encoders.leave_one_out and category_encoders.cat_boost, checked against 2.6.4 and 2.11.2.
/// </remarks>
internal sealed class StatisticsEncoder : CategoryTransformer
{
    public StatisticsEncoder(EstimatorState state)
        : base(state)
    {
        var mean = state.Number("_mean");
        var mapping = ReadMapping(state);
        var weight = state.ClassName == "CatBoostEncoder" ? state.Number("a") : 0;
        Outputs = Arrange(state, i => mapping.TryGetValue(i, out var statistics)
            ? new RawColumn(i, Labels.NameOf(i), Read(state, statistics, mean, weight, Labels.NameOf(i)))
            {
                Unknown = Value(state.Text("handle_unknown"), mean),
                Missing = Value(state.Text("handle_missing"), mean),
                ForgetsMissing = state.Text("handle_missing") == "return_nan",
            }
            : null);
    }

    private static double? Value(string handling, double mean) => handling switch
    {
        "error" => null,
        "value" => mean,
        _ => double.NaN,
    };

    private static CellMap Read(EstimatorState state, object? value, double mean, double weight, string name)
    {
        var place = $"mapping['{name}']";
        if (!PandasFrame.TryRead(value, out var frame) || NumbersOf(frame, "sum") is not { } sums || NumbersOf(frame, "count") is not { } counts)
        {
            throw state.Fail($"'{place}' is {PythonType.NameOf(value)}, expected a pandas DataFrame with 'sum' and 'count'");
        }

        var means = new double[sums.Length];
        for (var i = 0; i < means.Length; i++)
        {
            means[i] = counts[i] > 1 ? (sums[i] + (mean * weight)) / (counts[i] + weight) : mean;
        }

        return new(state.AsScalars(frame.Labels, place), means);
    }

    private static double[]? NumbersOf(PandasFrame frame, string column) => frame.IndexOf(column) is >= 0 and var position ? frame.Numbers(position) : null;
}
