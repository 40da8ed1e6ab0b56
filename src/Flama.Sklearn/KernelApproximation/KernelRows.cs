using Flama.Pickle.Scipy;
using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.KernelApproximation;

/// <summary>The kernel of rows with all of some training rows.</summary>
/// <remarks>
/// Training rows that were kept without their zeros stay so where the kernel depends on products or distances; a squared distance is then |x|² − 2 x·y + |y|², at least 0.
/// Immutable and thread-safe.
/// </remarks>
internal sealed class KernelRows
{
    private readonly KernelFunction function;
    private readonly Matrix? rows;
    private readonly RowPanels? panels;
    private readonly SparseArray? sparse;
    private readonly double[] norms = [];

    private KernelRows(EstimatorState state, string name, int? features)
    {
        sparse = state.Sparse(name);
        rows = sparse is null ? state.Matrix(name) : null;
        (Rows, Columns) = rows is null ? (sparse!.Rows, sparse.Columns) : (rows.Rows, rows.Columns);
        if (features is not null && Columns != features)
        {
            throw state.Fail($"its training rows have {Columns} columns and it takes {features} features");
        }

        function = KernelFunction.Read(state, Columns);
        var isSimple = function.OfProduct is not null || function.OfSquaredDistance is not null;
        if (sparse is not null && !isSimple)
        {
            rows = state.Matrix(name);
            sparse = null;
        }

        panels = rows is not null && isSimple ? new RowPanels(rows) : null;
        norms = sparse is null ? [] : Norms(sparse);
    }

    /// <summary>How many training rows there are.</summary>
    public int Rows { get; }

    /// <summary>Columns of a row.</summary>
    public int Columns { get; }

    /// <summary>Whether it computes with sparse rows as they are.</summary>
    public bool TakesSparse => sparse is not null;

    /// <summary>Reads training rows and the kernel.</summary>
    /// <param name="state">The attributes.</param>
    /// <param name="name">The attribute with the training rows.</param>
    /// <param name="features">Columns of a row; null when only the training rows say.</param>
    public static KernelRows Read(EstimatorState state, string name, int? features) => new(state, name, features);

    /// <summary>Writes the kernels.</summary>
    /// <param name="owner">The estimator, for the error of a negative value.</param>
    /// <param name="input">The rows; sparse ones only where <see cref="TakesSparse"/>.</param>
    /// <param name="output">As many rows, one column a training row.</param>
    public void Write(Estimator owner, FeatureBatch input, OutputSlice output)
    {
        if (function.IsNonNegative)
        {
            NonNegative.Check(owner, input);
        }

        if (sparse is not null)
        {
            WriteSparse(sparse, input, output);
            return;
        }

        for (var row = 0; row < input.Rows; row++)
        {
            var kernels = output.Row(row);
            if (panels is null)
            {
                for (var i = 0; i < kernels.Length; i++)
                {
                    kernels[i] = function.Of(input.Row(row), rows!.Row(i));
                }
            }
            else if (function.OfProduct is { } ofProduct)
            {
                panels.Products(input.Row(row), kernels);
                Apply(ofProduct, kernels);
            }
            else
            {
                panels.SquaredDistances(input.Row(row), kernels);
                for (var i = kernels.IndexOf(double.PositiveInfinity); i >= 0 && i < kernels.Length; i++)
                {
                    kernels[i] = KernelFunction.SquareOf(input.Row(row), rows!.Row(i));
                }

                Apply(function.OfSquaredDistance!, kernels);
            }
        }
    }

    private static void Apply(Func<double, double> function, Span<double> values)
    {
        foreach (ref var value in values)
        {
            value = function(value);
        }
    }

    private static double[] Norms(SparseArray matrix)
    {
        var squares = new double[matrix.Rows];
        for (var row = 0; row < squares.Length; row++)
        {
            for (var i = matrix.IndexPointers[row]; i < matrix.IndexPointers[row + 1]; i++)
            {
                squares[row] += matrix.Data[i] * matrix.Data[i];
            }
        }

        return squares;
    }

    private void WriteSparse(SparseArray matrix, FeatureBatch input, OutputSlice output)
    {
        var cells = input.Sparse is null ? [] : BufferPool<double>.Rent(input.Columns);
        for (var row = 0; row < input.Rows; row++)
        {
            using var dense = input.Sparse is null ? null : input.Slice(row, 1).ToDense(cells);
            var x = dense is null ? input.Row(row) : dense.Row(0);
            var norm = function.OfProduct is null ? DotProduct.Of(x, x) : 0;
            var kernels = output.Row(row);
            for (var i = 0; i < kernels.Length; i++)
            {
                var entries = matrix.IndexPointers[i]..matrix.IndexPointers[i + 1];
                var product = DotProduct.Of(matrix.Indices.AsSpan(entries), matrix.Data.AsSpan(entries), x);
                kernels[i] = function.OfProduct?.Invoke(product) ?? function.OfSquaredDistance!(Math.Max(0, norm - (2 * product) + norms[i]));
            }
        }

        BufferPool<double>.Return(cells);
    }
}
