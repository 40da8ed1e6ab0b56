using Flama.Pickle;

namespace Flama.Sklearn.Neighbors;

/// <summary>Kernel density estimation: <c>score_samples</c> is the logarithm of the mean of the kernels around the training rows, by weight.</summary>
/// <remarks>
/// Computed by the stored tree within <c>atol</c> and <c>rtol</c>, as scikit-learn does. Missing values are refused. Source: sklearn.neighbors._kde, checked against 0.23, 1.2, 1.4 and
/// 1.9.
/// </remarks>
internal sealed class KernelDensity : Estimator
{
    private const int SampleWeightPlace = 12;

    private static readonly Method[] All = [Method.ScoreSamples];

    private readonly TreeDensity density;
    private readonly double logNormalizer;

    public KernelDensity(EstimatorState state)
        : base(state)
    {
        if (state.Required("tree_") is not PickleObject { State: PickleTuple { Count: > 0 } parts } pickled)
        {
            throw state.Fail($"its tree is {PythonType.NameOf(state.Value("tree_"))} without data");
        }

        var rows = state.AsMatrix(parts[0], "tree_.data");
        if (rows.Rows == 0 || rows.Columns == 0 || (FeatureCount is { } features && features != rows.Columns))
        {
            throw state.Fail($"its training rows have the shape ({rows.Rows}, {rows.Columns}) and it takes {FeatureCount} features");
        }

        FeatureCount ??= rows.Columns;
        var bandwidth = state.Number(state.FirstOf("bandwidth_", "bandwidth"));
        if (!(bandwidth > 0))
        {
            throw state.Fail($"its bandwidth is {bandwidth}");
        }

        var name = state.Text("kernel");
        var kernel = DensityKernel.Find(name, bandwidth) ?? throw state.Unsupported($"kernel='{name}'");
        var weights = parts.Count > SampleWeightPlace && parts[SampleWeightPlace] is { } value ? state.AsVector(value, "tree_.sample_weight") : null;
        if (weights is not null && weights.Length != rows.Rows)
        {
            throw state.Fail($"it has {weights.Length} weights for {rows.Rows} training rows");
        }

        var total = weights?.Sum() ?? rows.Rows;
        var logNorm = -DensityKernel.LogNormalizer(name, rows.Columns, bandwidth);
        var isBall = pickled.Class.Name.StartsWith("BallTree", StringComparison.Ordinal);
        density = new TreeDensity(
            SpaceTree.Read(state, parts.Items, rows, isBall),
            kernel,
            weights,
            logNorm,
            (state.Number("atol", 0) * total, state.Number("rtol", 0)),
            state.Flag("breadth_first", true));
        logNormalizer = Math.Log(total) - logNorm;
    }

    public override IReadOnlyList<Method> Methods => All;

    public override InputRule Input => InputRule.Floats;

    public override OutputShape Shape(Method method, FeatureBatch? input) => OutputShape.Number;

    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        if (method != Method.ScoreSamples)
        {
            throw NoSuchMethod(method);
        }

        for (var row = 0; row < input.Rows; row++)
        {
            output[row, 0] = density.LogSum(input.Row(row)) - logNormalizer;
        }
    }
}
