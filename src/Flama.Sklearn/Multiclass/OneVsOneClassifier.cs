namespace Flama.Sklearn.Multiclass;

/// <summary>
/// One binary estimator a pair of classes i before j: each votes for one of its two, equal votes are ordered by the sum of confidences s as s / (3(|s| + 1)).
/// </summary>
/// <remarks>
/// Where training took a matrix between rows (<c>pairwise_indices_</c>), each estimator gets the columns of its own training rows.
/// Source: sklearn.multiclass, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class OneVsOneClassifier : MetaClassifier
{
    private static readonly InputRule AnyNumbers = new(TakesMissing: true, TakesInfinity: true, ParsesText: false);

    private readonly BinaryScorer[] votes;
    private readonly BinaryScorer[] confidences;
    private readonly int[][]? columns;
    private readonly double threshold;

    public OneVsOneClassifier(EstimatorState state)
        : base(state, EstimatorGroup.Read(state, "estimators_"), state.Labels("classes_"))
    {
        var pairs = (long)Classes.Count * (Classes.Count - 1) / 2;
        if (Group.Members.Count != pairs)
        {
            throw state.Fail($"it has {Group.Members.Count} estimators for {Classes.Count} classes, expected {pairs}");
        }

        votes = [.. Group.Members.Select(member => new BinaryScorer(state, member, Method.Predict))];
        confidences = [.. Group.Members.Select(member => new BinaryScorer(state, member))];
        threshold = confidences[0].IsDecision || !state.Version.IsAtLeast(0, 24) ? 0 : 0.5;
        if (state.Value("pairwise_indices_") is not null)
        {
            columns = PairColumns(state);
            FeatureCount = state.Integer("n_features_in_", columns.Max(indices => indices.DefaultIfEmpty(0).Max()) + 1);
            if (Array.Exists(columns, indices => indices.Any(index => index < 0 || index >= FeatureCount)))
            {
                throw state.Fail("a pair's training row lies outside of the training rows");
            }
        }
    }

    public override InputRule Input => AnyNumbers;

    public override bool TakesSparse => columns is null && base.TakesSparse;

    protected override bool HasDecisions => true;

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        if (this.columns is null)
        {
            base.Describe(columns, downstream);
            return;
        }

        foreach (var column in columns)
        {
            column.UseAsNumber(parsesText: false, takesMissing: false);
        }
    }

    protected override void Decide(FeatureBatch input, OutputSlice output)
    {
        var pairs = votes.Length;
        using var scratch = new Scratch((2 * input.Rows * pairs) + (2 * Classes.Count));
        var predicted = new OutputSlice(scratch.Span[..(input.Rows * pairs)], pairs);
        var scored = new OutputSlice(scratch.Span.Slice(input.Rows * pairs, input.Rows * pairs), pairs);
        for (var pair = 0; pair < pairs; pair++)
        {
            using var selected = columns is null ? null : Select(input, columns[pair]);
            votes[pair].Score(selected ?? input, predicted.Slice(pair, 1));
            confidences[pair].Score(selected ?? input, scored.Slice(pair, 1));
        }

        var totals = scratch.Span[(2 * input.Rows * pairs)..];
        for (var row = 0; row < input.Rows; row++)
        {
            Count(predicted.Row(row), scored.Row(row), totals);
            if (Classes.Count == 2)
            {
                output[row, 0] = totals[1];
            }
            else
            {
                totals[..Classes.Count].CopyTo(output.Row(row));
            }
        }
    }

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(input.Rows * DecisionColumns);
        var scores = new OutputSlice(scratch.Span, DecisionColumns);
        Decide(input, scores);
        for (var row = 0; row < input.Rows; row++)
        {
            output[row, 0] = Classes.Count == 2 ? (scores[row, 0] > threshold ? 1 : 0) : ArgMax(scores.Row(row));
        }
    }

    private static int[][] PairColumns(EstimatorState state)
    {
        var items = state.List("pairwise_indices_");
        return items.Count == state.List("estimators_").Count
            ? [.. items.Select((item, i) => state.AsIntegers(item, $"pairwise_indices_[{i}]"))]
            : throw state.Fail($"it has {items.Count} index arrays for its estimators");
    }

    private static FeatureBatch Select(FeatureBatch input, int[] columns)
    {
        var selected = FeatureBatch.RentSelection(input, columns, withTexts: false);
        for (var row = 0; row < input.Rows; row++)
        {
            var source = input.Row(row);
            var target = selected.WritableRow(row);
            for (var i = 0; i < columns.Length; i++)
            {
                target[i] = source[columns[i]];
            }
        }

        return selected;
    }

    // Votes into the first half of the totals, confidences into the second, then both together.
    private void Count(ReadOnlySpan<double> predicted, ReadOnlySpan<double> scored, Span<double> totals)
    {
        totals.Clear();
        var counts = totals[..Classes.Count];
        var sums = totals[Classes.Count..];
        var pair = 0;
        for (var i = 0; i < Classes.Count; i++)
        {
            for (var j = i + 1; j < Classes.Count; j++, pair++)
            {
                sums[i] -= scored[pair];
                sums[j] += scored[pair];
                counts[i] += predicted[pair] == 0 ? 1 : 0;
                counts[j] += predicted[pair] == 1 ? 1 : 0;
            }
        }

        for (var i = 0; i < Classes.Count; i++)
        {
            counts[i] += sums[i] / (3 * (Math.Abs(sums[i]) + 1));
        }
    }
}
