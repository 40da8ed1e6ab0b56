namespace Flama.Sklearn.Neighbors;

/// <summary>A heap of fixed size with the farthest row on top, and the sort of its rows; equal ones in the order that scikit-learn's have.</summary>
/// <param name="values">The distances, filled with +∞.</param>
/// <param name="rows">The rows.</param>
internal readonly ref struct FarthestHeap(Span<double> values, Span<int> rows)
{
    private readonly Span<double> values = values;
    private readonly Span<int> rows = rows;

    /// <summary>The distance of the farthest row.</summary>
    public double Farthest => values[0];

    /// <summary>Puts a row in the place of the farthest, unless it is as far.</summary>
    public void Push(double value, int row)
    {
        if (value >= values[0])
        {
            return;
        }

        var at = 0;
        while ((2 * at) + 1 is var child && child < values.Length)
        {
            if (child + 1 < values.Length && values[child] < values[child + 1])
            {
                child++;
            }

            if (value >= values[child])
            {
                break;
            }

            values[at] = values[child];
            rows[at] = rows[child];
            at = child;
        }

        values[at] = value;
        rows[at] = row;
    }

    /// <summary>Sorts the rows, nearest first: a quicksort around the median of three.</summary>
    public void Sort() => Sort(0, values.Length);

    private void Sort(int start, int length)
    {
        if (length <= 1)
        {
            return;
        }

        var last = start + length - 1;
        if (length <= 3)
        {
            Order(start, start + 1);
            if (length == 3 && Order(start + 1, last))
            {
                Order(start, start + 1);
            }

            return;
        }

        // The median of the three comes last.
        var middle = start + (length / 2);
        Order(start, last);
        if (Order(last, middle))
        {
            Order(start, last);
        }

        var pivot = values[last];
        var store = start;
        for (var i = start; i < last; i++)
        {
            if (values[i] < pivot)
            {
                Swap(i, store++);
            }
        }

        Swap(store, last);
        Sort(start, store - start);
        Sort(store + 1, last - store);
    }

    // Whether the two had to change places.
    private bool Order(int nearer, int farther)
    {
        if (values[nearer] <= values[farther])
        {
            return false;
        }

        Swap(nearer, farther);
        return true;
    }

    private void Swap(int one, int other)
    {
        (values[one], values[other]) = (values[other], values[one]);
        (rows[one], rows[other]) = (rows[other], rows[one]);
    }
}
