using System.Numerics.Tensors;
using Flama.Sklearn.LinearModel;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.DiscriminantAnalysis;

/// <summary>
/// Linear discriminants: scores X·coef_ᵀ + intercept_, logistic probabilities for two classes and softmax for more; <c>transform</c> projects rows,
/// (X − xbar_)·scalings_ (solver 'svd') or X·scalings_ ('eigen'), to the first components.
/// </summary>
/// <remarks>
/// The solver 'lsqr' has no projection. Logarithms of probabilities of 0 are those of the smallest normal number since 0.24. Missing values are refused.
/// Source: sklearn.discriminant_analysis, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class LinearDiscriminantAnalysis : LinearClassifier
{
    private const double SmallestNormal = 2.2250738585072014e-308;

    private readonly AffineMap? projection;
    private readonly double[]? mean;
    private readonly Method[] methods;
    private readonly bool liftsZeros;

    public LinearDiscriminantAnalysis(EstimatorState state)
        : base(state)
    {
        liftsZeros = state.Version.IsAtLeast(0, 24);
        methods = [.. base.Methods];
        var solver = state.OptionalText("solver") ?? "svd";
        if (solver is not ("svd" or "eigen") || state.Value("scalings_") is null)
        {
            return;
        }

        var features = FeatureCount!.Value;
        var scalings = state.Matrix("scalings_");
        if (scalings.Rows != features)
        {
            throw state.Fail($"its attribute 'scalings_' has {scalings.Rows} rows and the model takes {features} features");
        }

        var components = Math.Min(scalings.Columns, state.Integer("_max_components", scalings.Columns));
        if (components > 0)
        {
            projection = new AffineMap(FirstColumns(scalings, components), new double[components]);
            mean = solver == "svd" ? state.Vector("xbar_", features) : null;
            methods = [.. methods, Method.Transform];
        }
    }

    public override IReadOnlyList<Method> Methods => methods;

    public override bool TakesSparse => false;

    protected override bool HasProbabilities => true;

    public override OutputShape Shape(Method method, FeatureBatch? input) => method == Method.Transform && projection is not null
        ? OutputShape.Numbers(projection.Outputs)
        : base.Shape(method, input);

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        if (method == Method.Transform && projection is not null)
        {
            Project(projection, input, output);
        }
        else
        {
            base.Compute(method, input, output);
        }
    }

    protected override void PredictProbabilities(FeatureBatch input, OutputSlice output)
    {
        if (DecisionColumns > 1)
        {
            Decide(input, output);
            Softmax.Rows(output);
            return;
        }

        Decide(input, output.Slice(output.Columns - 1, 1));
        for (var row = 0; row < output.Rows; row++)
        {
            var positive = Expit.Of(output[row, output.Columns - 1]);
            output[row, 0] = 1 - positive;
            output[row, output.Columns - 1] = positive;
        }
    }

    protected override void PredictLogProbabilities(FeatureBatch input, OutputSlice output)
    {
        PredictProbabilities(input, output);
        for (var row = 0; row < output.Rows; row++)
        {
            foreach (ref var value in output.Row(row))
            {
                value = Math.Log(value == 0 && liftsZeros ? SmallestNormal : value);
            }
        }
    }

    private static Matrix FirstColumns(Matrix matrix, int columns)
    {
        var values = new double[matrix.Rows * columns];
        for (var row = 0; row < matrix.Rows; row++)
        {
            matrix.Row(row)[..columns].CopyTo(values.AsSpan(row * columns));
        }

        return new(values, matrix.Rows, columns);
    }

    private void Project(AffineMap map, FeatureBatch input, OutputSlice output)
    {
        if (mean is null)
        {
            map.Apply(input.Numbers, output);
            return;
        }

        using var scratch = new Scratch(input.Rows * mean.Length);
        for (var row = 0; row < input.Rows; row++)
        {
            TensorPrimitives.Subtract(input.Row(row), mean, scratch.Span.Slice(row * mean.Length, mean.Length));
        }

        map.Apply(scratch.Span, output);
    }
}
