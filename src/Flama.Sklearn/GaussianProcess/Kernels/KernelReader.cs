using Flama.Pickle;
using Flama.Sklearn.KernelApproximation;

namespace Flama.Sklearn.GaussianProcess.Kernels;

/// <summary>Makes the kernel of a process from the tree of kernel objects that its file has.</summary>
/// <param name="training">The training rows.</param>
internal sealed class KernelReader(Matrix training)
{
    private const string Module = "sklearn.gaussian_process.kernels";

    // Kernels may be shared, so that a small file could stand for a tree of any size; each holds the training rows.
    private const int MaxKernels = 128;
    private const int MaxDepth = 32;

    private int count;

    /// <summary>Reads the kernel that an attribute of a process holds; None is the default, 1 · RBF(1).</summary>
    public ProcessKernel Read(EstimatorState state, string name) =>
        state.Value(name) is null ? new RadialKernel(training, Ones()) : Read(Nested(state, name), 1);

    private ProcessKernel Read(EstimatorState state, int depth)
    {
        if (++count > MaxKernels || depth > MaxDepth)
        {
            throw new FlamaException(
                ErrorCodes.LimitExceeded, $"{state.Location}: the kernel is made of more than {MaxKernels} kernels, or nested deeper than {MaxDepth}.");
        }

        if (state.Class.Module != Module)
        {
            throw state.Unsupported($"the kernel {state.ClassName}");
        }

        return state.ClassName switch
        {
            "Sum" or "Product" => new CombinedKernel(
                Read(Nested(state, "k1"), depth + 1), Read(Nested(state, "k2"), depth + 1), state.ClassName == "Product"),
            "Exponentiation" => new Exponentiation(Read(Nested(state, "kernel"), depth + 1), state.Number("exponent")),
            _ => Simple(state),
        };
    }

    private ProcessKernel Simple(EstimatorState state) => state.ClassName switch
    {
        "ConstantKernel" => new ConstantKernel(state.Number("constant_value")),
        "WhiteKernel" => new WhiteKernel(state.Number("noise_level")),
        "RBF" => new RadialKernel(training, Lengths(state)),
        "Matern" => new MaternKernel(training, Lengths(state), state.Number("nu")),
        "RationalQuadratic" => new RationalQuadratic(training, state.Number("alpha"), state.Number("length_scale")),
        "ExpSineSquared" => new ExpSineSquared(training, state.Number("length_scale"), state.Number("periodicity")),
        "DotProduct" => new ProductKernel(training, state.Number("sigma_0")),
        "PairwiseKernel" => new PairwiseKernel(
            training, KernelFunction.Read(state, training.Columns, "metric", "pairwise_kernels_kwargs")),
        "CompoundKernel" => throw state.Unsupported("a CompoundKernel", "It gives several covariances for two rows, and no process can be trained with it."),
        var name => throw state.Unsupported($"the kernel {name}"),
    };

    private static EstimatorState Nested(EstimatorState state, string name) => state.Part(state.Required(name), name);

    private double[] Lengths(EstimatorState state) => state.Value("length_scale") is PickleTuple tuple
        ? Spread(state, state.AsVector(tuple, "length_scale"))
        : state.Broadcast("length_scale", training.Columns);

    private double[] Spread(EstimatorState state, double[] lengths) =>
        lengths.Length == training.Columns ? lengths
        : lengths.Length == 1 ? [.. Enumerable.Repeat(lengths[0], training.Columns)]
        : throw state.Fail($"its attribute 'length_scale' has {lengths.Length} values, expected {training.Columns}");

    private double[] Ones() => [.. Enumerable.Repeat(1.0, training.Columns)];
}
