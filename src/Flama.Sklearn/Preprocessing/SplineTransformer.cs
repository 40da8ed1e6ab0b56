using Flama.Json;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Preprocessing;

/// <summary>Replaces each column by the values of B-spline basis functions at it.</summary>
/// <remarks>
/// Beyond the knots of training the bases stay constant, go on as lines or as polynomials, repeat, or are an error, as <c>extrapolation</c> says.
/// Missing values are refused, or give zeros where <c>handle_missing</c> is 'zeros' (since 1.8). Source: sklearn.preprocessing._polynomial, checked against
/// 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class SplineTransformer : Transformer
{
    private readonly SplineColumn[] columns;
    private readonly int basesPerColumn;
    private readonly bool takesMissing;

    public SplineTransformer(EstimatorState state)
        : base(state)
    {
        var extrapolation = state.Choice("extrapolation", "constant", "linear", "continue", "periodic", "error");
        var degree = state.Integer("degree", 3);
        var splines = state.List("bsplines_");
        FeatureCount ??= splines.Count;
        if (splines.Count != FeatureCount || splines.Count == 0)
        {
            throw state.Fail($"it has {splines.Count} splines and takes {FeatureCount} features");
        }

        columns = new SplineColumn[splines.Count];
        for (var i = 0; i < columns.Length; i++)
        {
            var spline = new BasisSpline(state, splines[i], $"bsplines_[{i}]");
            if (spline.Degree != degree || (i > 0 && spline.Width != columns[0].Width))
            {
                throw state.Fail($"bsplines_[{i}] has degree {spline.Degree} and {spline.Width} bases, unlike the others");
            }

            columns[i] = new SplineColumn(spline, extrapolation, i);
        }

        basesPerColumn = columns[0].Width - (state.Flag("include_bias", true) ? 0 : 1);
        takesMissing = state.OptionalText("handle_missing") == "zeros";
    }

    public override InputRule Input => takesMissing ? new InputRule(TakesMissing: true, TakesInfinity: true, ParsesText: false) : InputRule.Numbers;

    public override int Width(int columns) => this.columns.Length * basesPerColumn;

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(columns[0].Width);
        for (var row = 0; row < input.Rows; row++)
        {
            var values = input.Row(row);
            for (var i = 0; i < columns.Length; i++)
            {
                if (!columns[i].TryEvaluate(values[i], scratch.Span))
                {
                    throw InputCheck.CellProblem(
                        this, input, row, i, ProblemTypes.NumberRange, $"the value {Scalar.Of(values[i])} is beyond the knots of the spline");
                }

                scratch.Span[..basesPerColumn].CopyTo(output.Row(row)[(i * basesPerColumn)..]);
            }
        }
    }
}
