using System.Numerics;

namespace Flama.Sklearn.FeatureExtraction.Text;

/// <summary>Sums of values by column for one row, in the order in which columns first came; used again for many rows.</summary>
/// <remarks>A hash table with open addressing as large as the row needs, whatever the number of columns.</remarks>
internal sealed class TermCounts
{
    private int[] slots = new int[256];
    private int[] used = new int[128];
    private int[] columns = new int[128];
    private double[] values = new double[128];
    private int shift = 32 - 8;

    /// <summary>How many different columns there are.</summary>
    public int Count { get; private set; }

    /// <summary>The columns.</summary>
    public ReadOnlySpan<int> Columns => columns.AsSpan(0, Count);

    /// <summary>Their sums.</summary>
    public Span<double> Values => values.AsSpan(0, Count);

    /// <summary>Adds a value to a column.</summary>
    public void Add(int column, double value)
    {
        var slot = Find(column);
        var entry = slots[slot];
        if (entry != 0)
        {
            values[entry - 1] += value;
            return;
        }

        if (Count == columns.Length)
        {
            Grow();
            slot = Find(column);
        }

        columns[Count] = column;
        values[Count] = value;
        used[Count] = slot;
        slots[slot] = ++Count;
    }

    /// <summary>Forgets all columns.</summary>
    public void Clear()
    {
        for (var i = 0; i < Count; i++)
        {
            slots[used[i]] = 0;
        }

        Count = 0;
    }

    // Fibonacci hashing: columns that follow each other spread over the table.
    private int Find(int column)
    {
        var mask = slots.Length - 1;
        var slot = (int)((uint)column * 2654435769u >> shift);
        while (slots[slot] != 0 && columns[slots[slot] - 1] != column)
        {
            slot = (slot + 1) & mask;
        }

        return slot;
    }

    private void Grow()
    {
        var capacity = checked(2 * columns.Length);
        Array.Resize(ref columns, capacity);
        Array.Resize(ref values, capacity);
        Array.Resize(ref used, capacity);
        slots = new int[2 * capacity];
        shift = 32 - BitOperations.Log2((uint)slots.Length);
        for (var i = 0; i < Count; i++)
        {
            used[i] = Find(columns[i]);
            slots[used[i]] = i + 1;
        }
    }
}
