namespace Flama.Sklearn.MultiOutput;

/// <summary>
/// Estimators one after the other, one per output: each gets the columns of the row and the answers of those before it. Results are put back into the outputs'
/// order by <c>order_</c>.
/// </summary>
/// <remarks>
/// A classifier chain has the methods that all of its estimators have, the value of the second class each, and logarithms of the probabilities since 1.4; predictions are numbers. What is handed on is the predicted label or, since
/// 1.5, what <c>chain_method_</c> says. Missing values are refused. Source: sklearn.multioutput (ClassifierChain, RegressorChain), checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class Chain : Estimator
{
    private readonly Estimator[] links;
    private readonly int[] positions;
    private readonly BinaryScorer[] features;
    private readonly Dictionary<Method, BinaryScorer[]> scorers = [];

    public Chain(EstimatorState state)
        : base(state)
    {
        links = [.. state.List("estimators_").Select((item, i) => state.Nested(item, $"estimators_[{i}]"))];
        if (links.Length == 0)
        {
            throw state.Fail("it has no estimators inside");
        }

        FeatureCount ??= links[0].FeatureCount;
        if (FeatureCount is { } count && links.Where((link, i) => link.FeatureCount is { } columns && columns != count + i).Any())
        {
            throw state.Fail($"its estimators do not take {count} columns and one more each");
        }

        positions = state.Integers("order_");
        if (!positions.Order().SequenceEqual(Enumerable.Range(0, links.Length)))
        {
            throw state.Fail($"its order is ({string.Join(", ", positions.Take(20))}), expected each of {links.Length} outputs once");
        }

        foreach (var method in MethodsOf(state))
        {
            scorers.Add(method, [.. links.Select(link => new BinaryScorer(state, link, method))]);
        }

        Methods = scorers.ContainsKey(Method.PredictProba) && state.Version.IsAtLeast(1, 4)
            ? [.. scorers.Keys, Method.PredictLogProba]
            : [.. scorers.Keys];
        var handedOn = MethodNames.Find(state.OptionalText("chain_method_") ?? "predict") ?? throw state.Fail("its attribute 'chain_method_' is not a method");
        features = scorers.TryGetValue(handedOn, out var known) ? known : [.. links.Select(link => new BinaryScorer(state, link, handedOn))];
    }

    public override IReadOnlyList<Method> Methods { get; }

    public override bool TakesSparse => Array.TrueForAll(links, link => link.TakesSparse);

    public override bool IsRowwise => Array.TrueForAll(links, link => link.IsRowwise);

    public override OutputShape Shape(Method method, FeatureBatch? input) => OutputShape.Numbers(links.Length);

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        var wanted = scorers[method == Method.PredictLogProba ? Method.PredictProba : method];
        using var answers = new Scratch(input.Rows * links.Length);
        var handedOn = new OutputSlice(answers.Span, links.Length);
        for (var i = 0; i < links.Length; i++)
        {
            using var widened = i == 0 ? null : Widen(input, handedOn, i);
            features[i].Score(widened ?? input, handedOn.Slice(i, 1));
            var target = output.Slice(positions[i], 1);
            if (ReferenceEquals(features, wanted))
            {
                for (var row = 0; row < input.Rows; row++)
                {
                    target[row, 0] = handedOn[row, i];
                }
            }
            else
            {
                wanted[i].Score(widened ?? input, target);
            }

            for (var row = 0; method == Method.PredictLogProba && row < input.Rows; row++)
            {
                target[row, 0] = Math.Log(target[row, 0]);
            }
        }
    }

    private static FeatureBatch Widen(FeatureBatch input, OutputSlice answers, int count)
    {
        if (input.Sparse is { } sparse)
        {
            return WidenSparse(input, sparse, answers, count);
        }

        var widened = FeatureBatch.RentUninitialized(input.Rows, input.Columns + count, firstRow: input.FirstRow);
        for (var row = 0; row < input.Rows; row++)
        {
            var target = widened.WritableRow(row);
            input.Row(row).CopyTo(target);
            answers.Row(row)[..count].CopyTo(target[input.Columns..]);
        }

        return widened;
    }

    private static FeatureBatch WidenSparse(FeatureBatch input, SparseRows rows, OutputSlice answers, int count)
    {
        var widened = new SparseRows(input.Columns + count, input.Rows);
        for (var row = 0; row < input.Rows; row++)
        {
            var columns = rows.ColumnsOf(row);
            var values = rows.ValuesOf(row);
            for (var i = 0; i < columns.Length; i++)
            {
                widened.Add(columns[i], values[i]);
            }

            for (var i = 0; i < count; i++)
            {
                if (answers[row, i] != 0)
                {
                    widened.Add(input.Columns + i, answers[row, i]);
                }
            }

            widened.EndRow();
        }

        return FeatureBatch.OfSparse(widened, input.FirstRow);
    }

    private IEnumerable<Method> MethodsOf(EstimatorState state)
    {
        yield return Method.Predict;
        if (state.ClassName != "ClassifierChain")
        {
            yield break;
        }

        foreach (var method in (Method[])[Method.PredictProba, Method.DecisionFunction])
        {
            if (Array.TrueForAll(links, link => link.Has(method)))
            {
                yield return method;
            }
        }
    }
}
