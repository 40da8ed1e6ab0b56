using Flama.Sklearn.KernelApproximation;

namespace Flama.Sklearn.Decomposition;

/// <summary>The kernel of rows with the training rows, centred where training was: K − mean of training's columns − mean of the row + mean of all.</summary>
internal sealed class CenteredKernel
{
    private readonly KernelFunction? function;
    private readonly Matrix? training;
    private readonly double[]? columnMeans;
    private readonly double mean;

    private CenteredKernel(KernelFunction? function, Matrix? training, int rows, int columns, double[]? columnMeans, double mean)
    {
        this.function = function;
        this.training = training;
        this.columnMeans = columnMeans;
        this.mean = mean;
        Rows = rows;
        Columns = columns;
    }

    /// <summary>How many training rows there are.</summary>
    public int Rows { get; }

    /// <summary>Columns of a row; as many as training rows when the rows are kernels themselves.</summary>
    public int Columns { get; }

    /// <summary>Reads <c>X_fit_</c>, the kernel and <c>_centerer</c>.</summary>
    public static CenteredKernel Read(EstimatorState state, int? features)
    {
        var centerer = state.Part(state.Required("_centerer"), "_centerer");
        var means = centerer.Vector("K_fit_rows_");
        var all = centerer.Number("K_fit_all_");
        if (state.Value("kernel") is "precomputed")
        {
            return new(null, null, means.Length, means.Length, means, all);
        }

        var rows = features is { } columns ? state.Matrix("X_fit_", columns) : state.Matrix("X_fit_");
        return rows.Rows == means.Length
            ? new(KernelFunction.Read(state, rows.Columns), rows, rows.Rows, rows.Columns, means, all)
            : throw state.Fail($"it has {rows.Rows} training rows and means for {means.Length}");
    }

    /// <summary>The kernel with some rows, not centred.</summary>
    public static CenteredKernel Of(EstimatorState state, Matrix rows) =>
        new(KernelFunction.Read(state, rows.Columns), rows, rows.Rows, rows.Columns, null, 0);

    /// <summary>Writes the kernels.</summary>
    public void Write(Estimator owner, FeatureBatch input, OutputSlice output)
    {
        if (function is { IsNonNegative: true })
        {
            NonNegative.Check(owner, input);
        }

        for (var row = 0; row < input.Rows; row++)
        {
            var values = input.Row(row);
            var kernels = output.Row(row);
            for (var i = 0; i < kernels.Length; i++)
            {
                kernels[i] = function is null ? values[i] : function.Of(values, training!.Row(i));
            }

            if (columnMeans is not null)
            {
                Center(kernels, columnMeans);
            }
        }
    }

    private void Center(Span<double> kernels, double[] means)
    {
        var sum = 0.0;
        foreach (var value in kernels)
        {
            sum += value;
        }

        var rowMean = sum / kernels.Length;
        for (var i = 0; i < kernels.Length; i++)
        {
            kernels[i] = kernels[i] - means[i] - rowMean + mean;
        }
    }
}
