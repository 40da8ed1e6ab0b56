namespace Flama.Pickle.Machine;

/// <summary>
/// What PUT stored, by number. Writers count from 0 or 1, so an array serves; numbers that leave gaps go to a dictionary.
/// </summary>
internal sealed class PickleMemo
{
    private const int AllowedGap = 16;
    private static readonly object Unset = new();

    private object?[] dense = [];
    private int denseLength;
    private Dictionary<long, object?>? sparse;

    /// <summary>How many entries there are.</summary>
    public int Count { get; private set; }

    /// <summary>Stores a value. Memory grows with the number of calls, never with the index.</summary>
    public void Put(long index, object? value)
    {
        if (index < denseLength)
        {
            ref var slot = ref dense[index];
            Count += ReferenceEquals(slot, Unset) && sparse?.Remove(index) != true ? 1 : 0;
            slot = value;
        }
        else if (index <= denseLength + Math.Min(AllowedGap, Count))
        {
            Append((int)index, value);
        }
        else
        {
            sparse ??= [];
            Count += sparse.ContainsKey(index) ? 0 : 1;
            sparse[index] = value;
        }
    }

    /// <summary>Finds a value.</summary>
    /// <returns>False when nothing was stored under the number.</returns>
    public bool TryGet(long index, out object? value)
    {
        if ((ulong)index < (ulong)denseLength && !ReferenceEquals(dense[index], Unset))
        {
            value = dense[index];
            return true;
        }

        value = null;
        return sparse is not null && sparse.TryGetValue(index, out value);
    }

    private void Append(int index, object? value)
    {
        if (index >= dense.Length)
        {
            Array.Resize(ref dense, Math.Max(64, (index + 1) * 2));
        }

        dense.AsSpan(denseLength, index - denseLength).Fill(Unset);
        dense[index] = value;
        denseLength = index + 1;
        Count += sparse?.Remove(index) == true ? 0 : 1;
    }
}
