namespace Flama.Tables;

/// <summary>Computes rows block by block, on one thread or several.</summary>
internal static class RowBlocks
{
    // Intermediate results of a block stay in the second-level cache; below it, cutting costs more than it saves.
    private const int Size = 256;

    // A gigabyte; a hashing vectorizer answers a million columns per row.
    private const long MaxCells = 1L << 27;

    /// <summary>Computes the answer to rows.</summary>
    /// <param name="kind">What the values are.</param>
    /// <param name="rowShape">The shape of one row's answer; none for a single value.</param>
    /// <param name="labels">The labels where values are such; else empty.</param>
    /// <param name="input">The rows.</param>
    /// <param name="isRowwise">Whether an answer depends on its own row alone; if not, nothing is cut.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <param name="compute">Computes a block.</param>
    /// <returns>A new batch, to be disposed.</returns>
    /// <exception cref="FlamaException">The answer would be too large, or the computation failed.</exception>
    /// <exception cref="OperationCanceledException">The computation was cancelled.</exception>
    public static PredictionBatch Answer(
        PredictionKind kind, int[] rowShape, IReadOnlyList<LabelSet> labels, FeatureBatch input, bool isRowwise, in InvokeOptions options, RowComputation compute)
    {
        var width = 1L;
        foreach (var length in rowShape)
        {
            width *= length;
        }

        if (input.Rows * width > MaxCells)
        {
            throw new FlamaException(
                ErrorCodes.InputTooLarge, $"{input.Rows} rows of {width} columns each are more than an answer can hold.", "Send fewer rows at a time.");
        }

        var result = PredictionBatch.RentUninitialized(kind, input.Rows, rowShape, labels);
        try
        {
            Run(input, result, isRowwise, options, compute);
            return result;
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    private static void Run(FeatureBatch input, PredictionBatch result, bool isRowwise, in InvokeOptions options, RowComputation compute)
    {
        if (input.Rows <= Size || !isRowwise)
        {
            compute(input, new OutputSlice(result));
            return;
        }

        var blocks = (input.Rows + Size - 1) / Size;
        if (options.MaxDegreeOfParallelism == 1)
        {
            for (var block = 0; block < blocks; block++)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                RunBlock(input, result, block, compute);
            }

            return;
        }

        RunParallel(input, result, blocks, options, compute);
    }

    // Apart, so that the closure is not made for the many calls that need none.
    private static void RunParallel(FeatureBatch input, PredictionBatch result, int blocks, in InvokeOptions options, RowComputation compute)
    {
        try
        {
            var parallel = new ParallelOptions { MaxDegreeOfParallelism = options.MaxDegreeOfParallelism, CancellationToken = options.CancellationToken };
            Parallel.For(0, blocks, parallel, block => RunBlock(input, result, block, compute));
        }
        catch (AggregateException exception)
        {
            // The first bad row is reported, whichever thread met it first.
            throw exception.InnerExceptions.OfType<FlamaException>()
                .OrderBy(inner => inner.Problems.Count > 0 ? inner.Problems[0].Row ?? 0 : 0)
                .FirstOrDefault() ?? exception.InnerExceptions[0];
        }
    }

    private static void RunBlock(FeatureBatch input, PredictionBatch result, int block, RowComputation compute)
    {
        var first = block * Size;
        var count = Math.Min(Size, input.Rows - first);
        compute(input.Slice(first, count), new OutputSlice(result).SliceRows(first, count));
    }
}
