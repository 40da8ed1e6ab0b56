using System.Numerics.Tensors;
using Flama.Pickle.Numpy;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Svm;

/// <summary>The kernel of a support vector machine against all its support vectors.</summary>
/// <remarks>
/// linear x·v; poly (γ x·v + c)^degree; rbf e^(−γ|x − v|²), squared differences summed directly; sigmoid tanh(γ x·v + c); precomputed: the row's own columns
/// at the support vectors' positions in training.
/// </remarks>
internal sealed class SvmKernel
{
    private readonly string kind;
    private readonly double gamma;
    private readonly double coef0;
    private readonly double degree;
    private readonly Matrix vectors;
    private readonly int[] support;

    public SvmKernel(EstimatorState state, int? features)
    {
        kind = state.Value("kernel") is string ? state.Text("kernel") : throw state.Unsupported("a kernel function of the user's");
        gamma = state.Number("_gamma", 0);
        coef0 = state.Number("coef0", 0);
        degree = state.Number("degree", 3);
        if (kind == "precomputed")
        {
            support = state.Integers("support_");
            vectors = new Matrix([], support.Length, features ?? 0);
            if (support.Any(index => index < 0 || index >= features))
            {
                throw state.Fail("a support vector lies outside of the training rows");
            }

            return;
        }

        support = [];
        state.Choice("kernel", "linear", "poly", "rbf", "sigmoid", "precomputed");
        vectors = state.Value("support_vectors_") is NdArray { Length: 0 }
            ? new Matrix([], 0, features ?? 0)
            : features is { } columns ? state.Matrix("support_vectors_", columns) : state.Matrix("support_vectors_");
    }

    /// <summary>The number of support vectors.</summary>
    public int Count => vectors.Rows;

    /// <summary>Columns of the input.</summary>
    public int Columns => vectors.Columns;

    /// <summary>Computes the kernel of one row with each support vector.</summary>
    public void Evaluate(ReadOnlySpan<double> row, Span<double> output)
    {
        for (var i = 0; i < output.Length; i++)
        {
            output[i] = kind switch
            {
                "linear" => TensorPrimitives.Dot(row, vectors.Row(i)),
                "poly" => Power((gamma * TensorPrimitives.Dot(row, vectors.Row(i))) + coef0),
                "rbf" => -gamma * SquaredDistance.Of(row, vectors.Row(i)),
                "sigmoid" => Math.Tanh((gamma * TensorPrimitives.Dot(row, vectors.Row(i))) + coef0),
                _ => row[support[i]],
            };
        }

        if (kind == "rbf")
        {
            TensorPrimitives.Exp(output, output);
        }
    }

    // libsvm multiplies a whole degree out; a power of a negative base is then exact.
    private double Power(double value)
    {
        if (degree != Math.Floor(degree) || degree < 0)
        {
            return Math.Pow(value, degree);
        }

        var result = 1.0;
        for (var remaining = (int)degree; remaining > 0; remaining /= 2)
        {
            if (remaining % 2 == 1)
            {
                result *= value;
            }

            value *= value;
        }

        return result;
    }
}
