namespace Flama.Sklearn.Multiclass;

/// <summary>
/// One binary estimator a class: the class of the largest score. Trained on indicators of several labels, each estimator decides about a label of its own.
/// </summary>
/// <remarks>
/// Of equal scores the last wins up to 1.7 and the first since 1.8. Probabilities are the estimators' divided by their sum (not with several labels); a row where all are 0
/// is NaN up to 1.6 and stays 0 since 1.7. Two classes have a single estimator. What rows look like is the estimators' matter.
/// Source: sklearn.multiclass, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class OneVsRestClassifier : MetaClassifier
{
    private readonly BinaryScorer[] scorers;
    private readonly BinaryScorer[] probabilities = [];
    private readonly BinaryScorer[] decisions = [];
    private readonly bool isMultilabel;
    private readonly bool picksLargest;
    private readonly bool picksFirst;
    private readonly bool keepsZeros;
    private readonly bool isFloat32;

    public OneVsRestClassifier(EstimatorState state)
        : base(state, EstimatorGroup.Read(state, "estimators_"), (state.Has("classes_") ? state : BinarizerOf(state)).Labels("classes_"))
    {
        var kind = BinarizerOf(state).Text("y_type_");
        isMultilabel = kind.StartsWith("multilabel", StringComparison.Ordinal);
        picksLargest = kind == "multiclass";
        picksFirst = state.Version.IsAtLeast(1, 8);
        keepsZeros = state.Version.IsAtLeast(1, 7);
        var expected = picksLargest || isMultilabel ? Classes.Count : 1;
        if (Group.Members.Count != expected)
        {
            throw state.Fail($"it has {Group.Members.Count} estimators for {Classes.Count} classes of the type '{kind}'");
        }

        scorers = [.. Group.Members.Select(member => new BinaryScorer(state, member))];
        if (Group.Members.All(member => member.Has(Method.PredictProba)))
        {
            probabilities = [.. Group.Members.Select(member => new BinaryScorer(state, member, Method.PredictProba))];
            isFloat32 = Group.Members.All(member => member.GivesFloat32(Method.PredictProba));
        }

        if (Group.Members.All(member => member.Has(Method.DecisionFunction)))
        {
            decisions = [.. Group.Members.Select(member => new BinaryScorer(state, member, Method.DecisionFunction))];
        }
    }

    /// <inheritdoc/>
    public override bool GivesFloat32(Method method) => isFloat32 && method == Method.PredictProba;

    protected override bool HasProbabilities => probabilities.Length > 0;

    protected override bool HasDecisions => decisions.Length > 0;

    protected override int DecisionColumns => scorers.Length;

    public override OutputShape Shape(Method method, FeatureBatch? input) => method switch
    {
        Method.Predict when isMultilabel => new OutputShape(PredictionKind.Integer, Classes.Count),
        Method.PredictProba => OutputShape.Numbers(scorers.Length == 1 ? 2 : scorers.Length),
        _ => base.Shape(method, input),
    };

    protected override void Decide(FeatureBatch input, OutputSlice output) => Score(decisions, input, output);

    protected override void PredictProbabilities(FeatureBatch input, OutputSlice output)
    {
        var isSingle = probabilities.Length == 1;
        Score(probabilities, input, isSingle ? output.Slice(1, 1) : output);
        for (var row = 0; row < output.Rows; row++)
        {
            var values = output.Row(row);
            if (isSingle)
            {
                values[0] = isFloat32 ? 1 - (float)values[1] : 1 - values[1];
            }

            if (!isMultilabel && !(keepsZeros && !values.ContainsAnyExcept(0.0)))
            {
                Normalize(values);
            }
        }
    }

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(input.Rows * scorers.Length);
        var scores = new OutputSlice(scratch.Span, scorers.Length);
        Score(scorers, input, scores);
        var threshold = scorers[0].IsDecision ? 0 : 0.5;
        for (var row = 0; row < input.Rows; row++)
        {
            if (picksLargest)
            {
                output[row, 0] = Largest(scores.Row(row));
                continue;
            }

            for (var i = 0; i < scorers.Length; i++)
            {
                output[row, i] = scores[row, i] > threshold && (isMultilabel || Classes.Count > 1) ? 1 : 0;
            }
        }
    }

    private void Normalize(Span<double> values)
    {
        if (!isFloat32)
        {
            Softmax.Normalize(values);
            return;
        }

        var sum = 0f;
        foreach (var value in values)
        {
            sum += (float)value;
        }

        foreach (ref var value in values)
        {
            value = (float)value / sum;
        }
    }

    private static EstimatorState BinarizerOf(EstimatorState state) => state.Part(state.Required("label_binarizer_"), "label_binarizer_");

    private static void Score(BinaryScorer[] scorers, FeatureBatch input, OutputSlice output)
    {
        for (var i = 0; i < scorers.Length; i++)
        {
            scorers[i].Score(input, output.Slice(i, 1));
        }
    }

    // A NaN score never equals the largest so far and makes every later comparison fail, as numpy's maximum does.
    private int Largest(ReadOnlySpan<double> scores)
    {
        var best = 0;
        var largest = double.NegativeInfinity;
        for (var i = 0; i < scores.Length; i++)
        {
            if (double.IsNaN(largest) || double.IsNaN(scores[i]))
            {
                largest = double.NaN;
            }
            else if (scores[i] > largest || (scores[i] == largest && !picksFirst))
            {
                largest = scores[i];
                best = i;
            }
        }

        return best;
    }
}
