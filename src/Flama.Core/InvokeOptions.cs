namespace Flama;

/// <summary>How one call of a method computes. The default computes on the calling thread and cannot be cancelled.</summary>
public readonly record struct InvokeOptions
{
    private readonly int moreThreads;

    /// <summary>Creates the options.</summary>
    /// <param name="maxDegreeOfParallelism">The largest number of threads to use, 1 or more; 1 stays on the calling thread.</param>
    /// <param name="cancellationToken">Stops the computation between blocks of rows.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of threads is less than 1.</exception>
    public InvokeOptions(int maxDegreeOfParallelism, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxDegreeOfParallelism, 1);
        moreThreads = maxDegreeOfParallelism - 1;
        CancellationToken = cancellationToken;
    }

    /// <summary>Creates options that stay on the calling thread.</summary>
    /// <param name="cancellationToken">Stops the computation between blocks of rows.</param>
    public InvokeOptions(CancellationToken cancellationToken)
        : this(1, cancellationToken)
    {
    }

    /// <summary>The largest number of threads to use, 1 or more. Default 1, the calling thread.</summary>
    public int MaxDegreeOfParallelism => moreThreads + 1;

    /// <summary>Stops the computation between blocks of rows. Default none.</summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>
    /// Whether these rows went through another method of the same model just now, so that they are not compared with its schema once more; what is against it counts once. Default false.
    /// </summary>
    public bool RowsAreChecked { get; init; }
}
