using Flama.Sklearn.Numerics;
using Flama.Sklearn.Preprocessing;

namespace Flama.Sklearn.NeuralNetwork;

/// <summary>
/// Bernoulli restricted Boltzmann machine: the probability of each hidden unit, 1 / (1 + e^−(x·componentsᵀ + intercept)). <c>score_samples</c> is the pseudo-likelihood
/// −n·ln(1 + e^(F(x) − F(x'))), where x' is x with one feature, drawn at random, turned to 1 − x, and F the free energy −x·b − Σ ln(1 + e^(x·componentsᵀ + intercept)).
/// </summary>
/// <remarks>
/// The draw is Python's where <c>random_state</c> is an int; else each call of Python answers otherwise, and <c>score_samples</c> is left out. A row's draw depends on how
/// many rows come before it. Missing values are refused. Source: sklearn.neural_network._rbm, checked against 0.23.2, 1.1.3 to 1.9.1; scores against 1.8.0 and 1.9.1.
/// </remarks>
internal sealed class BernoulliRBM : Transformer
{
    private readonly AffineMap map;
    private readonly double[] visible;
    private readonly uint? seed;

    public BernoulliRBM(EstimatorState state)
        : base(state)
    {
        var components = FeatureCount is { } features ? state.Matrix("components_", features) : state.Matrix("components_");
        FeatureCount ??= components.Columns;
        map = new AffineMap(components.Transpose(), state.Vector("intercept_hidden_", components.Rows));
        visible = state.Vector("intercept_visible_", components.Columns);
        seed = LegacyRandom.SeedOf(state);
        Methods = seed is null ? base.Methods : [.. base.Methods, Method.ScoreSamples];
    }

    public override IReadOnlyList<Method> Methods { get; }

    public override InputRule Input => InputRule.Floats;

    public override bool TakesSparse => true;

    public override bool IsRowwise => seed is null;

    public override int Width(int columns) => map.Outputs;

    public override OutputShape Shape(Method method, FeatureBatch? input) =>
        method == Method.ScoreSamples ? OutputShape.Number : base.Shape(method, input);

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        if (method != Method.ScoreSamples || seed is not { } start)
        {
            base.Compute(method, input, output);
            return;
        }

        using var dense = input.Sparse is null ? null : input.ToDense();
        Score((dense ?? input).Numbers, new LegacyRandom(start), output);
    }

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        if (input.Sparse is { } sparse)
        {
            map.Apply(sparse, output);
        }
        else
        {
            map.Apply(input.Numbers, output);
        }

        for (var row = 0; row < output.Rows; row++)
        {
            Expit.Apply(output.Row(row));
        }
    }

    private void Score(ReadOnlySpan<double> numbers, LegacyRandom random, OutputSlice output)
    {
        using var scratch = new Scratch(map.Inputs + map.Outputs);
        var turned = scratch.Span[..map.Inputs];
        var hidden = scratch.Span[map.Inputs..];
        for (var row = 0; row < output.Rows; row++)
        {
            var x = numbers.Slice(row * map.Inputs, map.Inputs);
            x.CopyTo(turned);
            ref var cell = ref turned[random.Integer(map.Inputs)];
            cell = 1 - cell;
            output[row, 0] = -map.Inputs * SoftPlus(FreeEnergy(x, hidden) - FreeEnergy(turned, hidden));
        }
    }

    private double FreeEnergy(ReadOnlySpan<double> x, Span<double> hidden)
    {
        map.Apply(x, new OutputSlice(hidden, map.Outputs));
        var energy = -DotProduct.Of(x, visible);
        foreach (var value in hidden)
        {
            energy -= SoftPlus(value);
        }

        return energy;
    }

    // ln(1 + e^x), without overflow.
    private static double SoftPlus(double x) => x > 0 ? x + NumpyFunctions.Log1p(Math.Exp(-x)) : NumpyFunctions.Log1p(Math.Exp(x));
}
