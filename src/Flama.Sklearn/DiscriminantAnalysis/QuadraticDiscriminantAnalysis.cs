using System.Numerics.Tensors;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.DiscriminantAnalysis;

/// <summary>
/// Quadratic discriminants: for each class −½(|(x − means_)·rotations_·scalings_^−½|² + Σ ln scalings_) + ln priors_; the decision of two classes
/// is the difference of theirs, probabilities are softmax.
/// </summary>
/// <remarks>
/// Logarithms of probabilities are computed without the probabilities since 1.6. Missing values are refused.
/// Source: sklearn.discriminant_analysis, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class QuadraticDiscriminantAnalysis : Classifier
{
    private readonly AffineMap[] rotations;
    private readonly Matrix means;
    private readonly double[] constants;
    private readonly bool isLogDirect;
    private readonly int widest;

    public QuadraticDiscriminantAnalysis(EstimatorState state)
        : base(state, state.Labels("classes_"))
    {
        means = state.Matrix("means_");
        FeatureCount ??= means.Columns;
        means = state.Matrix("means_", Classes.Count, FeatureCount.Value);
        var matrices = state.Matrices("rotations_");
        var scalings = state.Vectors("scalings_");
        var priors = state.Vector("priors_", Classes.Count);
        if (matrices.Length != Classes.Count || scalings.Length != Classes.Count)
        {
            throw state.Fail($"it has {matrices.Length} rotations and {scalings.Length} scalings for {Classes.Count} classes");
        }

        constants = new double[Classes.Count];
        rotations = new AffineMap[Classes.Count];
        for (var c = 0; c < rotations.Length; c++)
        {
            if (matrices[c].Rows != FeatureCount || matrices[c].Columns != scalings[c].Length || scalings[c].Length == 0)
            {
                throw state.Fail($"rotations_[{c}] has shape ({matrices[c].Rows}, {matrices[c].Columns}), expected ({FeatureCount}, {scalings[c].Length})");
            }

            rotations[c] = new(Scaled(matrices[c], scalings[c]), new double[scalings[c].Length]);
            constants[c] = Math.Log(priors[c]) - (0.5 * scalings[c].Sum(Math.Log));
        }

        widest = rotations.Max(map => map.Outputs);
        isLogDirect = state.Version.IsAtLeast(1, 6);
    }

    protected override bool HasProbabilities => true;

    protected override bool HasDecisions => true;

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        base.Describe(columns, downstream);
        for (var i = 0; i < columns.Length; i++)
        {
            columns[i].OfferExample(Scalar.Of(Math.Round(means[0, i], 2)));
        }
    }

    protected override void Decide(FeatureBatch input, OutputSlice output)
    {
        if (DecisionColumns > 1)
        {
            LogPosterior(input, output);
            return;
        }

        using var scratch = new Scratch(input.Rows * Classes.Count);
        var scores = new OutputSlice(scratch.Span, Classes.Count);
        LogPosterior(input, scores);
        for (var row = 0; row < input.Rows; row++)
        {
            output[row, 0] = Classes.Count == 2 ? scores[row, 1] - scores[row, 0] : scores[row, 0];
        }
    }

    protected override void Predict(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(input.Rows * Classes.Count);
        var scores = new OutputSlice(scratch.Span, Classes.Count);
        LogPosterior(input, scores);
        for (var row = 0; row < input.Rows; row++)
        {
            output[row, 0] = ArgMax(scores.Row(row));
        }
    }

    protected override void PredictProbabilities(FeatureBatch input, OutputSlice output)
    {
        LogPosterior(input, output);
        Softmax.Rows(output);
    }

    protected override void PredictLogProbabilities(FeatureBatch input, OutputSlice output)
    {
        if (!isLogDirect)
        {
            base.PredictLogProbabilities(input, output);
            return;
        }

        LogPosterior(input, output);
        LogSumExp.Normalize(output);
    }

    private static Matrix Scaled(Matrix rotation, double[] scaling)
    {
        var values = new double[rotation.Values.Length];
        for (var row = 0; row < rotation.Rows; row++)
        {
            for (var column = 0; column < rotation.Columns; column++)
            {
                values[(row * rotation.Columns) + column] = rotation[row, column] * Math.Pow(scaling[column], -0.5);
            }
        }

        return new(values, rotation.Rows, rotation.Columns);
    }

    private void LogPosterior(FeatureBatch input, OutputSlice output)
    {
        var features = means.Columns;
        using var scratch = new Scratch(input.Rows * (features + widest));
        var centred = scratch.Span[..(input.Rows * features)];
        for (var c = 0; c < rotations.Length; c++)
        {
            var mean = means.Row(c);
            for (var row = 0; row < input.Rows; row++)
            {
                TensorPrimitives.Subtract(input.Row(row), mean, centred.Slice(row * features, features));
            }

            var width = rotations[c].Outputs;
            var rotated = new OutputSlice(scratch.Span.Slice(centred.Length, input.Rows * width), width);
            rotations[c].Apply(centred, rotated);
            for (var row = 0; row < input.Rows; row++)
            {
                output[row, c] = constants[c] - (0.5 * DotProduct.Of(rotated.Row(row), rotated.Row(row)));
            }
        }
    }
}
