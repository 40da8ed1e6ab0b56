using Flama.Pickle.Numpy;

namespace Flama.Sklearn.Interpret;

/// <summary>The scores of an explainable boosting machine: an intercept, and for each term of one or several features a table by their bins.</summary>
internal sealed class EbmScores
{
    private const int MaxDimensions = 8;

    private readonly double[] intercept;
    private readonly EbmFeature[] features;
    private readonly (int[] Features, int[] Bins, double[] Scores)[] terms;

    public EbmScores(EstimatorState state)
    {
        intercept = state.Value("intercept_") is double number ? [number] : state.Vector("intercept_");
        features = [.. state.List("bins_").Select((item, i) => EbmFeature.Read(state, item, $"bins_[{i}]"))];
        var members = state.List("term_features_");
        var scores = state.List("term_scores_");
        if (members.Count != scores.Count || intercept.Length == 0)
        {
            throw state.Fail($"it has {members.Count} terms and scores for {scores.Count}");
        }

        terms = [.. members.Select((item, i) => Term(state, state.AsIntegers(item, $"term_features_[{i}]"), scores[i], i))];
    }

    /// <summary>How many scores a row gets.</summary>
    public int Count => intercept.Length;

    /// <summary>How many features there are.</summary>
    public int Features => features.Length;

    /// <summary>Says what the features are used for.</summary>
    public void Describe(ReadOnlySpan<FeatureBuilder> columns)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            if (features[i].IsNumber)
            {
                columns[i].UseAsNumber(parsesText: true, takesMissing: true, takesInfinity: true);
            }
            else
            {
                columns[i].UseAsCategory(takesMissing: true);
                if (features[i].Categories.FirstOrDefault() is { } first)
                {
                    columns[i].OfferExample(Scalar.Of(first));
                }
            }
        }
    }

    /// <summary>Computes one row's scores.</summary>
    public void Score(FeatureBatch input, int row, Span<double> output)
    {
        intercept.CopyTo(output);
        var numbers = input.Row(row);
        foreach (var (members, bins, scores) in terms)
        {
            var at = 0;
            for (var i = 0; i < members.Length; i++)
            {
                at = (at * bins[i]) + features[members[i]].Find(input.TextAt(row, members[i]), numbers[members[i]], members.Length);
            }

            for (var i = 0; i < output.Length; i++)
            {
                output[i] += scores[(at * output.Length) + i];
            }
        }
    }

    private (int[] Features, int[] Bins, double[] Scores) Term(EstimatorState state, int[] members, object? scores, int index)
    {
        if (members.Length is 0 or > MaxDimensions || members.Any(member => member < 0 || member >= features.Length))
        {
            throw state.Fail($"term_features_[{index}] is of features that are not there");
        }

        int[] bins = [.. members.Select(member => features[member].Bins(members.Length))];
        int[] shape = Count > 1 ? [.. bins, Count] : bins;
        return scores is NdArray array && array.IsNumeric && array.Shape.SequenceEqual(shape)
            ? (members, bins, array.ToDoubles())
            : throw state.Fail($"term_scores_[{index}] is {PythonType.NameOf(scores)}, expected shape ({string.Join(", ", shape)})");
    }
}
