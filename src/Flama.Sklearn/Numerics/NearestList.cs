namespace Flama.Sklearn.Numerics;

/// <summary>The rows with the smallest ranks so far, nearest first; of equal ranks the one that came first.</summary>
/// <param name="indices">Where the rows go, as many as are wanted.</param>
/// <param name="ranks">Where their ranks go.</param>
/// <param name="count">How many are there already.</param>
internal ref struct NearestList(Span<int> indices, Span<double> ranks, int count = 0)
{
    private readonly Span<int> indices = indices;
    private readonly Span<double> ranks = ranks;

    /// <summary>How many rows are there.</summary>
    public int Count { get; private set; } = count;

    /// <summary>Whether as many rows as wanted are there.</summary>
    public readonly bool IsFull => Count == indices.Length;

    /// <summary>The largest rank, once the list is full.</summary>
    public readonly double Worst => ranks[^1];

    /// <summary>Offers a row; NaN ranks last.</summary>
    public void Add(int index, double rank)
    {
        rank = double.IsNaN(rank) ? double.PositiveInfinity : rank;
        if (IsFull)
        {
            if (rank >= ranks[^1])
            {
                return;
            }

            Count--;
        }

        var at = PlaceOf(rank);
        ranks[at..Count].CopyTo(ranks[(at + 1)..]);
        indices[at..Count].CopyTo(indices[(at + 1)..]);
        ranks[at] = rank;
        indices[at] = index;
        Count++;
    }

    // The first place with a larger rank.
    private readonly int PlaceOf(double rank)
    {
        var low = 0;
        var high = Count;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (ranks[middle] <= rank)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
