using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Ensemble;

/// <summary>The mean of the members' probabilities, or the share of their votes where they have no probabilities; the first largest wins.</summary>
/// <remarks>
/// A member may look at some columns only and know some classes only. <c>decision_function</c> is there where the members have it, and is their mean. The
/// members check the cells. Source: sklearn.ensemble._bagging, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class BaggingClassifier : MetaClassifier
{
    private readonly BaggedMembers bag;
    private readonly MemberMethod?[] probabilities;
    private readonly MemberMethod?[] logarithms;
    private readonly MemberMethod?[] predictions;
    private readonly MemberMethod?[] decisions;
    private readonly int[][] positions;

    public BaggingClassifier(EstimatorState state)
        : base(state, EstimatorGroup.Read(state, "estimators_"), state.Labels("classes_"))
    {
        FeatureCount = state.FeatureCount();
        bag = new BaggedMembers(state, Group, FeatureCount);
        probabilities = MethodsOf(state, Method.PredictProba);
        logarithms = MethodsOf(state, Method.PredictLogProba);
        decisions = MethodsOf(state, Method.DecisionFunction);
        HasDecisions = Array.TrueForAll(decisions, method => method is not null && method.Width == decisions[0]!.Width);
        predictions = [.. bag.Members.Select((member, i) =>
            probabilities[i] is null ? new MemberMethod(state, member, Method.Predict).WithClasses(state, Classes.Count) : null)];
        positions = [.. bag.Members.Select((member, i) => PositionsOf(state, member, probabilities[i]))];
    }

    public override bool TakesSparse => bag.TakesSparse;

    protected override bool HasProbabilities => true;

    protected override bool HasLogProbabilities => true;

    protected override bool HasDecisions { get; }

    protected override int DecisionColumns => HasDecisions ? decisions[0]!.Width : base.DecisionColumns;

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream) => bag.Describe(columns, downstream);

    public override int? ColumnsOf(Method method) => FeatureCount;

    protected override void PredictProbabilities(FeatureBatch input, OutputSlice output)
    {
        RowSums.Clear(output);
        for (var i = 0; i < bag.Members.Count; i++)
        {
            if (probabilities[i] is { } method)
            {
                AddProbabilities(i, method, input, output);
            }
            else
            {
                AddVotes(i, input, output);
            }
        }

        RowSums.Divide(output, bag.Members.Count);
    }

    protected override void PredictLogProbabilities(FeatureBatch input, OutputSlice output)
    {
        if (Array.Exists(logarithms, method => method is null))
        {
            base.PredictLogProbabilities(input, output);
            return;
        }

        for (var row = 0; row < output.Rows; row++)
        {
            output.Row(row).Fill(double.NegativeInfinity);
        }

        for (var i = 0; i < bag.Members.Count; i++)
        {
            using var scratch = new Scratch(input.Rows * positions[i].Length);
            var values = new OutputSlice(scratch.Span, positions[i].Length);
            bag.Run(i, logarithms[i]!, input, values);
            for (var row = 0; row < input.Rows; row++)
            {
                for (var column = 0; column < positions[i].Length; column++)
                {
                    ref var sum = ref output.Row(row)[positions[i][column]];
                    sum = LogAddExp(sum, values[row, column]);
                }
            }
        }

        var count = Math.Log(bag.Members.Count);
        for (var row = 0; row < output.Rows; row++)
        {
            foreach (ref var value in output.Row(row))
            {
                value -= count;
            }
        }
    }

    protected override void Decide(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(input.Rows * output.Columns);
        var values = new OutputSlice(scratch.Span, output.Columns);
        RowSums.Clear(output);
        for (var i = 0; i < bag.Members.Count; i++)
        {
            bag.Run(i, decisions[i]!, input, values);
            RowSums.Add(output, values);
        }

        RowSums.Divide(output, bag.Members.Count);
    }

    private static double LogAddExp(double x, double y)
    {
        var larger = Math.Max(x, y);
        return double.IsFinite(larger) ? larger + Math.Log(1 + Math.Exp(Math.Min(x, y) - larger)) : x + y;
    }

    private MemberMethod?[] MethodsOf(EstimatorState state, Method method) =>
        [.. bag.Members.Select(member => member.Has(method) ? new MemberMethod(state, member, method) : null)];

    // A member with all classes has their order; one that knows some of them has their numbers as labels.
    private int[] PositionsOf(EstimatorState state, Estimator member, MemberMethod? method)
    {
        if (method is null)
        {
            return [];
        }

        if (method.Shape.Parts.Count == 0 && method.Width == Classes.Count)
        {
            return [.. Enumerable.Range(0, Classes.Count)];
        }

        var labels = new MemberMethod(state, member, Method.Predict).WithClasses(state, Classes.Count).Labels;
        return labels.Count == method.Width
            ? [.. labels.Labels.Select(label => (int)label.Number)]
            : throw state.Fail($"a member ({member.Name}) gives {method.Width} probabilities for {labels.Count} classes");
    }

    private void AddProbabilities(int member, MemberMethod method, FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(input.Rows * method.Width);
        var values = new OutputSlice(scratch.Span, method.Width);
        bag.Run(member, method, input, values);
        for (var row = 0; row < input.Rows; row++)
        {
            var sums = output.Row(row);
            var own = values.Row(row);
            for (var i = 0; i < own.Length; i++)
            {
                sums[positions[member][i]] += own[i];
            }
        }
    }

    private void AddVotes(int member, FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(input.Rows);
        var labels = new OutputSlice(scratch.Span, 1);
        bag.Run(member, predictions[member]!, input, labels);
        for (var row = 0; row < input.Rows; row++)
        {
            output[row, (int)labels[row, 0]]++;
        }
    }
}
