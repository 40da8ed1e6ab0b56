using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.GaussianProcess.Kernels;

/// <summary>A kernel of |x − y|² alone, columns divided by a length of their own before; a row has the covariance 1 with itself.</summary>
internal abstract class DistanceKernel : ProcessKernel
{
    private readonly double[]? lengths;
    private readonly RowPanels rows;

    /// <summary>Lays the training rows out.</summary>
    /// <param name="training">The training rows.</param>
    /// <param name="lengths">What columns are divided by; null where they stay as they are.</param>
    protected DistanceKernel(Matrix training, double[]? lengths)
    {
        this.lengths = lengths;
        rows = new RowPanels(lengths is null ? training : Divide(training, lengths));
    }

    public override void Write(ReadOnlySpan<double> row, Span<double> output)
    {
        if (lengths is null)
        {
            rows.SquaredDistances(row, output);
        }
        else
        {
            using var scratch = new Scratch(row.Length);
            System.Numerics.Tensors.TensorPrimitives.Divide(row, lengths, scratch.Span);
            rows.SquaredDistances(scratch.Span, output);
        }

        Apply(output);
    }

    public override double Self(ReadOnlySpan<double> row) => 1;

    /// <summary>Replaces squared distances by covariances.</summary>
    protected abstract void Apply(Span<double> values);

    private static Matrix Divide(Matrix training, double[] lengths)
    {
        var values = new double[training.Values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = training.Values[i] / lengths[i % training.Columns];
        }

        return new(values, training.Rows, training.Columns);
    }
}
