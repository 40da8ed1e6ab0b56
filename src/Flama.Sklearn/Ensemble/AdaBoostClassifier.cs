using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Ensemble;

/// <summary>
/// AdaBoost. SAMME.R (the default until 1.5): Σ (k − 1)(log p − mean log p) over the members' probabilities; SAMME: each member adds its weight
/// to the class it predicts and, since 1.3.1, takes weight / (k − 1) from the others. Divided by the sum of the weights.
/// </summary>
/// <remarks>
/// Two classes: one decision, the second class above 0. Probabilities are the softmax of the decisions divided by k − 1, for two classes of ∓ decision / 2. Missing values
/// are refused. Source: sklearn.ensemble._weight_boosting, checked against 0.23.2, 1.1.3, 1.2.1,
/// 1.2.2, 1.3.0, 1.3.2, 1.4.2, 1.5.2, 1.6.1, 1.7.2, 1.8.0 and 1.9; 1.3.1 by its change log.
/// </remarks>
internal sealed class AdaBoostClassifier : MetaClassifier
{
    private const double Epsilon = 2.220446049250313e-16;

    private readonly Estimator[] members;
    private readonly double[] weights;
    private readonly double total;
    private readonly bool isReal;
    private readonly bool takesFromOthers;
    private readonly int[][] positions;

    public AdaBoostClassifier(EstimatorState state)
        : base(state, EstimatorGroup.Read(state, "estimators_"), state.Labels("classes_"))
    {
        members = [.. Group.Members];
        Input = AdaBoostRule.For(members[0]);
        weights = AdaBoostRule.Weights(state, members.Length);
        total = weights.Sum();
        isReal = state.Value("algorithm") is "SAMME.R";
        takesFromOthers = state.Version.IsAtLeast(1, 3, 1);
        positions = [.. members.Select(member => isReal ? [] : LabelPositions.Map(state, MemberMethod.LabelsOf(state, member), Classes))];
        for (var i = 0; isReal && i < members.Length; i++)
        {
            new MemberMethod(state, members[i], Method.PredictProba).WithWidth(state, Classes.Count);
        }
    }

    public override InputRule Input { get; }

    public override bool SelectsByName => false;

    protected override bool HasProbabilities => true;

    protected override bool HasLogProbabilities => true;

    protected override bool HasDecisions => true;

    public override int? ColumnsOf(Method method) => FeatureCount;

    public override bool TakesMissing(bool downstream) => false;

    protected override void Decide(FeatureBatch input, OutputSlice output)
    {
        var classes = Classes.Count;
        using var scratch = new Scratch(input.Rows * classes);
        var sums = new OutputSlice(scratch.Span, classes);
        Sum(input, sums);
        for (var row = 0; row < output.Rows; row++)
        {
            if (classes == 2)
            {
                output[row, 0] = (-sums[row, 0] / total) + (sums[row, 1] / total);
                continue;
            }

            for (var column = 0; column < output.Columns; column++)
            {
                output[row, column] = sums[row, column] / total;
            }
        }
    }

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(input.Rows * DecisionColumns);
        var decisions = new OutputSlice(scratch.Span, DecisionColumns);
        Decide(input, decisions);
        for (var row = 0; row < output.Rows; row++)
        {
            output[row, 0] = Classes.Count == 2 ? (decisions[row, 0] > 0 ? 1 : 0) : ArgMax(decisions.Row(row));
        }
    }

    protected override void PredictProbabilities(FeatureBatch input, OutputSlice output)
    {
        if (Classes.Count == 1)
        {
            Fill(output, 1);
            return;
        }

        if (Classes.Count == 2)
        {
            Decide(input, output.Slice(1, 1));
            for (var row = 0; row < output.Rows; row++)
            {
                output[row, 1] /= 2;
                output[row, 0] = -output[row, 1];
            }
        }
        else
        {
            Decide(input, output);
            RowSums.Divide(output, Classes.Count - 1);
        }

        Softmax.Rows(output);
    }

    private static void Fill(OutputSlice output, double value)
    {
        for (var row = 0; row < output.Rows; row++)
        {
            output.Row(row).Fill(value);
        }
    }

    private void Sum(FeatureBatch input, OutputSlice sums)
    {
        RowSums.Clear(sums);
        using var scratch = new Scratch(input.Rows * sums.Columns);
        for (var i = 0; i < members.Length; i++)
        {
            if (isReal)
            {
                var probabilities = new OutputSlice(scratch.Span, sums.Columns);
                members[i].Run(Method.PredictProba, input, probabilities);
                AddLogarithms(probabilities, sums);
            }
            else
            {
                var labels = new OutputSlice(scratch.Span[..input.Rows], 1);
                members[i].Run(Method.Predict, input, labels);
                AddVotes(i, labels, sums);
            }
        }
    }

    private static void AddLogarithms(OutputSlice probabilities, OutputSlice sums)
    {
        var classes = sums.Columns;
        for (var row = 0; row < sums.Rows; row++)
        {
            var logarithms = probabilities.Row(row);
            var sum = 0.0;
            foreach (ref var value in logarithms)
            {
                value = Math.Log(Math.Max(value, Epsilon));
                sum += value;
            }

            for (var i = 0; i < classes; i++)
            {
                sums[row, i] += (classes - 1) * (logarithms[i] - (1.0 / classes * sum));
            }
        }
    }

    private void AddVotes(int member, OutputSlice labels, OutputSlice sums)
    {
        var others = takesFromOthers && sums.Columns > 1 ? -1.0 / (sums.Columns - 1) * weights[member] : 0;
        for (var row = 0; row < sums.Rows; row++)
        {
            var predicted = positions[member][(int)labels[row, 0]];
            for (var i = 0; i < sums.Columns; i++)
            {
                sums[row, i] += i == predicted ? weights[member] : others;
            }
        }
    }
}
