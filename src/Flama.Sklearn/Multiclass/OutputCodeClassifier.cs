using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Multiclass;

/// <summary>Error-correcting output codes: the binary estimators' scores, and the class whose row of <c>code_book_</c> is nearest to them.</summary>
/// <remarks>
/// Squared distances are computed as y² − 2xy (before 1.3 with x² and the root), which decides ties as Python does.
/// Source: sklearn.multiclass, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class OutputCodeClassifier : MetaClassifier
{
    private readonly BinaryScorer[] scorers;
    private readonly Matrix codes;
    private readonly double[] norms;
    private readonly bool takesRoot;

    public OutputCodeClassifier(EstimatorState state)
        : base(state, EstimatorGroup.Read(state, "estimators_"), state.Labels("classes_"))
    {
        scorers = [.. Group.Members.Select(member => new BinaryScorer(state, member))];
        codes = state.Matrix("code_book_", Classes.Count, scorers.Length);
        norms = [.. Enumerable.Range(0, Classes.Count).Select(row => DotProduct.Of(codes.Row(row), codes.Row(row)))];
        takesRoot = !state.Version.IsAtLeast(1, 3);
    }

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch((input.Rows * scorers.Length) + Classes.Count);
        var scores = new OutputSlice(scratch.Span[..(input.Rows * scorers.Length)], scorers.Length);
        var distances = scratch.Span[(input.Rows * scorers.Length)..];
        for (var i = 0; i < scorers.Length; i++)
        {
            scorers[i].Score(input, scores.Slice(i, 1));
        }

        for (var row = 0; row < input.Rows; row++)
        {
            output[row, 0] = Nearest(scores.Row(row), distances);
        }
    }

    private int Nearest(ReadOnlySpan<double> scores, Span<double> distances)
    {
        var norm = DotProduct.Of(scores, scores);
        for (var i = 0; i < distances.Length; i++)
        {
            var product = -2 * DotProduct.Of(scores, codes.Row(i));
            distances[i] = takesRoot ? -Math.Sqrt(Math.Max(product + norm + norms[i], 0)) : -(norms[i] + product);
        }

        return ArgMax(distances);
    }
}
