using Flama.Sklearn.KernelApproximation;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Decomposition;

/// <summary>
/// Non-negative matrix factorisation with the components fixed: the weights W ≥ 0 for which W·H comes near the rows, found by coordinate descent or multiplicative updates;
/// <c>inverse_transform</c> is W·H.
/// </summary>
/// <remarks>
/// The search ends for all rows of a batch together, as in Python, so that a row's digits beyond the tolerance depend on the others. <c>shuffle</c> (a random
/// order of coordinates) is left out. Missing values are refused, negative ones too unless it was trained in batches. Source: sklearn.decomposition._nmf, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class NMF : Transformer
{
    private readonly FactorizationProblem problem;
    private readonly IWeightSolver solver;
    private readonly AffineMap back;
    private readonly bool checksRows;

    /// <summary>Reads the model.</summary>
    /// <param name="state">The attributes.</param>
    /// <param name="isMiniBatch">Whether it was trained in batches, which has a stopping rule of its own.</param>
    public NMF(EstimatorState state, bool isMiniBatch)
        : base(state)
    {
        var components = FeatureCount is { } features ? state.Matrix("components_", features) : state.Matrix("components_");
        FeatureCount ??= components.Columns;
        if (components.Rows == 0)
        {
            throw state.Fail("it has no components");
        }

        checksRows = !isMiniBatch;
        problem = FactorizationProblem.Read(state, components);
        solver = isMiniBatch ? new MiniBatchWeights(state, problem)
            : state.Choice("solver", "cd", "mu") == "cd" ? new CoordinateWeights(state, problem)
            : new MultiplicativeWeights(state, problem);
        back = new AffineMap(components, new double[components.Columns]);
    }

    public override InputRule Input => InputRule.Floats;

    public override bool IsRowwise => false;

    protected override bool HasInverse => true;

    public override InputRule InputOf(Method method) => InputRule.Floats;

    public override int Width(int columns) => problem.Components.Rows;

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        if (checksRows)
        {
            Check(input);
        }

        var weights = new double[input.Rows * problem.Components.Rows];
        solver.Solve(input.Numbers, weights);
        for (var row = 0; row < output.Rows; row++)
        {
            weights.AsSpan(row * problem.Components.Rows, problem.Components.Rows).CopyTo(output.Row(row));
        }
    }

    private void Check(FeatureBatch input)
    {
        NonNegative.Check(this, input);
        if (problem.Beta <= 0 && input.Numbers.Contains(0))
        {
            throw InputCheck.Problem(new InputProblem(
                Json.ProblemTypes.NumberRange, $"The rows have zeros, which {Name} does not take with beta_loss={problem.Beta}; add small values to them."));
        }
    }

    protected override void Invert(FeatureBatch input, OutputSlice output) => back.Apply(input.Numbers, output);
}
