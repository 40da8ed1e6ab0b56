namespace Flama.Sklearn.KernelApproximation;

/// <summary>Sketches the polynomial kernel: the circular convolution of several count sketches of √gamma·x (and √coef0).</summary>
/// <remarks>
/// scikit-learn convolves through Fourier transforms; here it is done directly, since a sketch has at most one value a column of x. Missing and infinite values are
/// refused. Source: sklearn.kernel_approximation, checked against 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class PolynomialCountSketch : Transformer
{
    private readonly int degree;
    private readonly int components;
    private readonly double scale;
    private readonly double constant;
    private readonly int[] targets;
    private readonly double[] signs;
    private readonly int terms;

    public PolynomialCountSketch(EstimatorState state)
        : base(state)
    {
        degree = state.Integer("degree", 2);
        components = state.Integer("n_components", 100);
        scale = Math.Sqrt(state.Number("gamma", 1));
        constant = Math.Sqrt(state.Number("coef0", 0));
        var hashes = state.Array("indexHash_");
        var bits = state.Matrix("bitHash_");
        if (hashes.Shape is not [var rows, var columns] || rows != degree || bits.Rows != rows || bits.Columns != columns || degree < 1 || components < 1)
        {
            throw state.Fail("its indexHash_ and bitHash_ do not fit its degree");
        }

        targets = hashes.ToInt32s();
        signs = bits.Values;
        terms = columns;
        FeatureCount ??= constant == 0 ? columns : columns - 1;
        if (FeatureCount + (constant == 0 ? 0 : 1) != columns || targets.Any(target => target < 0 || target >= components))
        {
            throw state.Fail("its indexHash_ does not fit its features or components");
        }
    }

    public override InputRule Input => InputRule.Numbers;

    public override int Width(int columns) => components;

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(components);
        for (var row = 0; row < input.Rows; row++)
        {
            var values = input.Row(row);
            var sketch = output.Row(row);
            sketch.Clear();
            for (var j = 0; j < terms; j++)
            {
                sketch[targets[j]] += signs[j] * TermOf(values, j);
            }

            for (var d = 1; d < degree; d++)
            {
                Convolve(values, d, sketch, scratch.Span);
                scratch.Span.CopyTo(sketch);
            }
        }
    }

    private double TermOf(ReadOnlySpan<double> values, int term) => term < values.Length ? scale * values[term] : constant;

    private void Convolve(ReadOnlySpan<double> values, int d, ReadOnlySpan<double> sketch, Span<double> result)
    {
        result.Clear();
        for (var j = 0; j < terms; j++)
        {
            var value = signs[(d * terms) + j] * TermOf(values, j);
            var shift = targets[(d * terms) + j];
            for (var i = 0; value != 0 && i < sketch.Length; i++)
            {
                var at = i + shift;
                result[at < components ? at : at - components] += value * sketch[i];
            }
        }
    }
}
