using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Svm;

/// <summary>Support vector classification by libsvm: one decision for each pair of classes, votes, and coupled probabilities.</summary>
/// <remarks>
/// <c>decision_function</c> has one column per pair ('ovo') or one per class ('ovr': votes plus a confidence below ⅓); two classes give one number. <c>predict_proba</c>
/// exists when trained with <c>probability=True</c> and may disagree with <c>predict</c>, as in Python. Missing values are refused.
/// Source: sklearn.svm._classes and libsvm, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class SVC : Classifier
{
    private readonly SvmKernel kernel;
    private readonly SvmPairs pairs;
    private readonly double[]? probabilityA;
    private readonly double[]? probabilityB;
    private readonly bool isOneVersusOne;
    private readonly bool breaksTies;

    public SVC(EstimatorState state)
        : base(state, state.Labels("classes_"))
    {
        kernel = new SvmKernel(state, FeatureCount);
        FeatureCount ??= kernel.Columns;
        pairs = new SvmPairs(state, Classes.Count, kernel.Count);
        isOneVersusOne = (state.OptionalText("decision_function_shape") ?? "ovr") == "ovo";
        breaksTies = state.Flag("break_ties", false) && !isOneVersusOne && Classes.Count > 2;
        var a = state.Value(state.FirstOf("_probA", "probA_")) is null ? [] : state.Vector(state.FirstOf("_probA", "probA_"));
        if (a.Length > 0)
        {
            probabilityA = a.Length == pairs.Count ? a : throw state.Fail($"it has {a.Length} probability parameters for {pairs.Count} pairs");
            probabilityB = state.Vector(state.FirstOf("_probB", "probB_"), pairs.Count);
        }
    }

    public override InputRule Input => InputRule.Floats;

    public override bool TakesSparse => kernel.IsSparse;

    protected override bool HasProbabilities => probabilityA is not null;

    protected override bool HasDecisions => true;

    protected override int DecisionColumns => Classes.Count == 2 ? 1 : isOneVersusOne ? pairs.Count : Classes.Count;

    protected override void Decide(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(kernel.Count + pairs.Count);
        var decisions = scratch.Span[kernel.Count..];
        for (var row = 0; row < input.Rows; row++)
        {
            DecidePairs(input, row, scratch.Span[..kernel.Count], decisions);
            var target = output.Row(row);
            if (Classes.Count == 2)
            {
                target[0] = -decisions[0];
            }
            else if (isOneVersusOne)
            {
                decisions.CopyTo(target);
            }
            else
            {
                pairs.ToOneVersusRest(decisions, target);
            }
        }
    }

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(kernel.Count + pairs.Count + Classes.Count);
        var decisions = scratch.Span.Slice(kernel.Count, pairs.Count);
        var scores = scratch.Span[(kernel.Count + pairs.Count)..];
        for (var row = 0; row < input.Rows; row++)
        {
            DecidePairs(input, row, scratch.Span[..kernel.Count], decisions);
            if (breaksTies)
            {
                pairs.ToOneVersusRest(decisions, scores);
            }
            else
            {
                pairs.Vote(decisions, scores);
            }

            output[row, 0] = ArgMax(scores);
        }
    }

    protected override void PredictProbabilities(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(kernel.Count + pairs.Count);
        var decisions = scratch.Span[kernel.Count..];
        var coupling = new PairwiseCoupling(Classes.Count);
        for (var row = 0; row < input.Rows; row++)
        {
            DecidePairs(input, row, scratch.Span[..kernel.Count], decisions);
            for (var pair = 0; pair < pairs.Count; pair++)
            {
                decisions[pair] = Expit.Of(-((probabilityA![pair] * decisions[pair]) + probabilityB![pair]));
            }

            coupling.Solve(decisions, output.Row(row));
        }
    }

    private void DecidePairs(FeatureBatch input, int row, Span<double> kernels, Span<double> decisions)
    {
        kernel.Evaluate(input, row, kernels);
        pairs.Decide(kernels, decisions);
    }
}
