using System.Buffers;
using Flama.Pickle.Numpy;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Svm;

/// <summary>The kernel of a support vector machine against all its support vectors.</summary>
/// <remarks>
/// linear x·v; poly (γ x·v + c)^degree; rbf e^(−γ|x − v|²), squared differences summed directly; sigmoid tanh(γ x·v + c); precomputed: the row's own columns
/// at the support vectors' positions in training. A machine trained on sparse rows keeps its vectors sparse.
/// </remarks>
internal sealed class SvmKernel
{
    private readonly KernelKind kind;
    private readonly double gamma;
    private readonly double coef0;
    private readonly double degree;
    private readonly Matrix vectors;
    private readonly RowPanels? panels;
    private readonly SparseVectors? sparse;
    private readonly int[] support = [];

    public SvmKernel(EstimatorState state, int? features)
    {
        kind = KindOf(state);
        gamma = state.Number("_gamma", 0);
        coef0 = state.Number("coef0", 0);
        degree = state.Number("degree", 3);
        if (kind == KernelKind.Precomputed)
        {
            support = state.Integers("support_");
            var columns = features ?? TrainingRows(state);
            vectors = new Matrix([], support.Length, columns);
            if (support.Any(index => index < 0 || index >= columns))
            {
                throw state.Fail("a support vector lies outside of the training rows");
            }

            return;
        }

        if (state.Sparse("support_vectors_") is { } matrix)
        {
            sparse = features is null || matrix.Columns == features
                ? new SparseVectors(matrix)
                : throw state.Fail($"its support vectors have {matrix.Columns} columns and it takes {features} features");
            vectors = new Matrix([], matrix.Rows, matrix.Columns);
            return;
        }

        vectors = state.Value("support_vectors_") is NdArray { Length: 0 }
            ? new Matrix([], 0, features ?? 0)
            : features is { } width ? state.Matrix("support_vectors_", width) : state.Matrix("support_vectors_");
        panels = new RowPanels(vectors);
    }

    /// <summary>The number of support vectors.</summary>
    public int Count => vectors.Rows;

    /// <summary>Columns of the input.</summary>
    public int Columns => vectors.Columns;

    /// <summary>Whether it was trained on sparse rows.</summary>
    public bool IsSparse => sparse is not null;

    /// <summary>Computes the kernel of one row with each support vector.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="row">The number of the row.</param>
    /// <param name="output"><see cref="Count"/> numbers.</param>
    public void Evaluate(FeatureBatch input, int row, Span<double> output)
    {
        if (sparse is not null)
        {
            EvaluateSparse(input, row, output);
        }
        else
        {
            EvaluateDense(input.Row(row), output);
        }

        if (kind == KernelKind.Radial)
        {
            Exponential.Apply(output);
        }
    }

    private static int TrainingRows(EstimatorState state) =>
        EstimatorState.ItemsOf(state.Value("shape_fit_")) is { Count: > 0 } shape && shape[0] is long and > 0 and <= int.MaxValue
            ? (int)(long)shape[0]!
            : throw state.Fail("it does not say how many rows it was trained on");

    private static KernelKind KindOf(EstimatorState state) => state.Value("kernel") is not string
        ? throw state.Unsupported("a kernel function of the user's")
        : state.Choice("kernel", "linear", "poly", "rbf", "sigmoid", "precomputed") switch
        {
            "linear" => KernelKind.Linear,
            "poly" => KernelKind.Polynomial,
            "rbf" => KernelKind.Radial,
            "sigmoid" => KernelKind.Sigmoid,
            _ => KernelKind.Precomputed,
        };

    private void EvaluateDense(ReadOnlySpan<double> row, Span<double> output)
    {
        if (kind == KernelKind.Precomputed)
        {
            for (var i = 0; i < output.Length; i++)
            {
                output[i] = row[support[i]];
            }

            return;
        }

        if (kind == KernelKind.Radial)
        {
            panels!.SquaredDistances(row, output, -gamma);
            return;
        }

        panels!.Products(row, output);
        for (var i = 0; kind != KernelKind.Linear && i < output.Length; i++)
        {
            output[i] = OfProduct(output[i]);
        }
    }

    private void EvaluateSparse(FeatureBatch input, int row, Span<double> output)
    {
        var count = input.Sparse is { } rows ? rows.ColumnsOf(row).Length : Columns;
        var columnArray = ArrayPool<int>.Shared.Rent(count);
        using var scratch = new Scratch(count);
        var used = Gather(input, row, columnArray, scratch.Span);
        var at = columnArray.AsSpan(0, used);
        var x = scratch.Span[..used];
        for (var i = 0; i < output.Length; i++)
        {
            output[i] = kind == KernelKind.Radial
                ? -gamma * sparse!.SquaredDistance(i, at, x)
                : OfProduct(sparse!.Dot(i, at, x));
        }

        ArrayPool<int>.Shared.Return(columnArray);
    }

    // The row's entries, columns ascending.
    private static int Gather(FeatureBatch input, int row, Span<int> columns, Span<double> values)
    {
        if (input.Sparse is { } rows)
        {
            var count = rows.ColumnsOf(row).Length;
            rows.ColumnsOf(row).CopyTo(columns);
            rows.ValuesOf(row).CopyTo(values);
            SparseVectors.Sort(columns[..count], values[..count]);
            return count;
        }

        var used = 0;
        var cells = input.Row(row);
        for (var i = 0; i < cells.Length; i++)
        {
            if (cells[i] != 0)
            {
                columns[used] = i;
                values[used++] = cells[i];
            }
        }

        return used;
    }

    private double OfProduct(double product) => kind switch
    {
        KernelKind.Polynomial => Power((gamma * product) + coef0),
        KernelKind.Sigmoid => Math.Tanh((gamma * product) + coef0),
        _ => product,
    };

    // libsvm multiplies a whole degree out; a power of a negative base is then exact.
    private double Power(double value)
    {
        if (degree != Math.Floor(degree) || degree is < 0 or > int.MaxValue)
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
