using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Ensemble;

/// <summary>Asks several classifiers: 'soft' averages their probabilities by weight, 'hard' counts their labels by weight, the first largest wins.</summary>
/// <remarks>
/// <c>predict_proba</c> is there for 'soft' only. <c>transform</c> gives the members' probabilities side by side, or one array a member when
/// <c>flatten_transform</c> is off, or for 'hard' the numbers of their labels. Source: sklearn.ensemble._voting, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class VotingClassifier : MetaClassifier
{
    private readonly MemberMethod[] voters;
    private readonly double[] weights;
    private readonly bool isSoft;
    private readonly bool isFlat;
    private readonly double total;
    private readonly bool isFloat32;

    public VotingClassifier(EstimatorState state)
        : base(state, EstimatorGroup.Read(state, "estimators_"), state.Labels("classes_"))
    {
        isSoft = state.Choice("voting", "soft", "hard") == "soft";
        isFlat = state.Flag("flatten_transform", true);
        voters = [.. Group.Members.Select(member => isSoft
            ? new MemberMethod(state, member, Method.PredictProba).WithWidth(state, Classes.Count)
            : new MemberMethod(state, member, Method.Predict).WithClasses(state, Classes.Count))];
        weights = MemberWeights.Read(state, voters.Length);
        total = weights.Sum();

        // Weights are float64.
        isFloat32 = isSoft && state.Value("weights") is null && Array.TrueForAll(voters, voter => voter.GivesFloat32);
        Methods = [.. base.Methods, Method.Transform];
    }

    public override IReadOnlyList<Method> Methods { get; }

    /// <inheritdoc/>
    public override bool GivesFloat32(Method method) => isFloat32 && method == Method.PredictProba;

    protected override bool HasProbabilities => isSoft;

    public override OutputShape Shape(Method method, FeatureBatch? input) => method != Method.Transform ? base.Shape(method, input)
        : !isSoft ? OutputShape.Integers(voters.Length)
        : isFlat ? OutputShape.Numbers(voters.Length * Classes.Count)
        : OutputShape.List([.. voters.Select(voter => OutputShape.Numbers(voter.Width))]);

    protected override void PredictProbabilities(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(input.Rows * Classes.Count);
        var probabilities = new OutputSlice(scratch.Span, Classes.Count);
        RowSums.Clear(output);
        for (var i = 0; i < voters.Length; i++)
        {
            voters[i].Run(input, probabilities);
            for (var row = 0; row < output.Rows; row++)
            {
                var sums = output.Row(row);
                var values = probabilities.Row(row);
                for (var column = 0; column < sums.Length; column++)
                {
                    sums[column] += weights[i] * values[column];
                }
            }

            RoundWhereFloat32(output);
        }

        RowSums.Divide(output, total);
        RoundWhereFloat32(output);
    }

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        if (isSoft)
        {
            base.Predict(input, output);
            return;
        }

        using var scratch = new Scratch((input.Rows * voters.Length) + Classes.Count);
        var labels = new OutputSlice(scratch.Span[..(input.Rows * voters.Length)], voters.Length);
        var votes = scratch.Span[(input.Rows * voters.Length)..];
        Transform(input, labels);
        for (var row = 0; row < output.Rows; row++)
        {
            votes.Clear();
            for (var i = 0; i < voters.Length; i++)
            {
                votes[(int)labels[row, i]] += weights[i];
            }

            output[row, 0] = ArgMax(votes);
        }
    }

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        if (method == Method.Transform)
        {
            Transform(input, output);
            return;
        }

        base.Compute(method, input, output);
    }

    private void RoundWhereFloat32(OutputSlice output)
    {
        if (isFloat32)
        {
            RowSums.Round(output);
        }
    }

    private void Transform(FeatureBatch input, OutputSlice output)
    {
        var start = 0;
        foreach (var voter in voters)
        {
            voter.Run(input, output.Slice(start, voter.Width));
            start += voter.Width;
        }
    }
}
