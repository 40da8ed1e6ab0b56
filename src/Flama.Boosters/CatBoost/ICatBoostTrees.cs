namespace Flama.Boosters.CatBoost;

/// <summary>The trees of a model, which ask bins of rows together, and look up the answers of a row alone. Immutable and thread-safe.</summary>
internal interface ICatBoostTrees
{
    /// <summary>Adds the leaves of one row to its sums, in the order of the trees.</summary>
    /// <param name="answers">The answers of the row.</param>
    /// <param name="sums">As many as the model has outputs.</param>
    void AddOne(ReadOnlySpan<byte> answers, Span<double> sums);

    /// <summary>Adds the leaves of some rows to their sums, in the order of the trees.</summary>
    /// <param name="bins">The bins, bin by bin.</param>
    /// <param name="stride">From one bin to the next; a multiple of the bytes of a vector.</param>
    /// <param name="rows">How many rows.</param>
    /// <param name="sums">Row-major, as many per row as the model has outputs.</param>
    void Add(ReadOnlySpan<byte> bins, int stride, int rows, Span<double> sums);
}
