using System.Buffers;
using System.Runtime.CompilerServices;

namespace Flama.Trees.Numerics;

/// <summary>A list of plain values while a model is read: it grows in rented arrays, so that reading leaves nothing behind but the model. Arrays of reads that fail are left to the garbage collector. Not thread-safe.</summary>
/// <typeparam name="T">Values without references.</typeparam>
internal sealed class PooledList<T>
    where T : unmanaged
{
    private T[] items = [];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>The items; until more are added.</summary>
    public Span<T> Span => items.AsSpan(0, Count);

    /// <summary>Adds an item.</summary>
    public void Add(T item)
    {
        if (Count == items.Length)
        {
            Grow(1);
        }

        items[Count++] = item;
    }

    /// <summary>Adds items.</summary>
    public void AddRange(ReadOnlySpan<T> added) => added.CopyTo(Extend(added.Length));

    /// <summary>Adds so many items and gives them to be written.</summary>
    public Span<T> Extend(int count)
    {
        if (items.Length - Count < count)
        {
            Grow(count);
        }

        Count += count;
        return items.AsSpan(Count - count, count);
    }

    /// <summary>The items in an array of their own; the list is empty afterwards, and its array given back.</summary>
    public T[] MoveToArray()
    {
        var result = Span.ToArray();
        Clear();
        return result;
    }

    /// <summary>Empties the list and gives its array back.</summary>
    public void Clear()
    {
        if (items.Length > 0)
        {
            ArrayPool<T>.Shared.Return(items);
        }

        items = [];
        Count = 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int count)
    {
        var larger = ArrayPool<T>.Shared.Rent((int)Math.Clamp(2L * items.Length, checked(Count + count), Array.MaxLength));
        Span.CopyTo(larger);
        if (items.Length > 0)
        {
            ArrayPool<T>.Shared.Return(items);
        }

        items = larger;
    }
}
