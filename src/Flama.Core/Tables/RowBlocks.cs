namespace Flama.Tables;

/// <summary>Computes rows block by block, on one thread or several.</summary>
internal static class RowBlocks
{
    // Intermediate results of a block stay in the second-level cache; below it, cutting costs more than it saves.
    private const int Size = 256;

    /// <summary>Computes all rows of an answer.</summary>
    /// <param name="input">The rows.</param>
    /// <param name="result">Takes the answers, one per row.</param>
    /// <param name="isRowwise">Whether an answer depends on its own row alone; if not, nothing is cut.</param>
    /// <param name="options">Threads and cancellation, which is looked at between blocks.</param>
    /// <param name="compute">Computes a block.</param>
    /// <exception cref="OperationCanceledException">The computation was cancelled.</exception>
    public static void Run(FeatureBatch input, PredictionBatch result, bool isRowwise, in InvokeOptions options, RowComputation compute)
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
