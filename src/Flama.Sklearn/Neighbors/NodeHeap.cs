namespace Flama.Sklearn.Neighbors;

/// <summary>Nodes by their distance, nearest first; equal ones in the order that scikit-learn's heap gives them.</summary>
/// <param name="values">Room for the distances of all nodes.</param>
/// <param name="nodes">Room for as many nodes.</param>
internal ref struct NodeHeap(Span<double> values, Span<int> nodes)
{
    private readonly Span<double> values = values;
    private readonly Span<int> nodes = nodes;

    /// <summary>How many nodes there are.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a node.</summary>
    public void Push(double value, int node)
    {
        var at = Count++;
        values[at] = value;
        nodes[at] = node;
        while (at > 0 && values[(at - 1) / 2] > values[at])
        {
            Swap(at, (at - 1) / 2);
            at = (at - 1) / 2;
        }
    }

    /// <summary>Takes the nearest node out.</summary>
    public int Pop()
    {
        var node = nodes[0];
        Count--;
        values[0] = values[Count];
        nodes[0] = nodes[Count];
        var at = 0;
        while ((2 * at) + 1 < Count)
        {
            var child = (2 * at) + 1;
            if (child + 1 < Count && values[child] > values[child + 1])
            {
                child++;
            }

            if (values[child] > values[at])
            {
                break;
            }

            Swap(at, child);
            at = child;
        }

        return node;
    }

    private readonly void Swap(int one, int other)
    {
        (values[one], values[other]) = (values[other], values[one]);
        (nodes[one], nodes[other]) = (nodes[other], nodes[one]);
    }
}
