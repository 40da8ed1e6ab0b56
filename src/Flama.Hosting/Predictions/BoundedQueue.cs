using System.Diagnostics.CodeAnalysis;

namespace Flama.Hosting.Predictions;

/// <summary>A queue of fixed length that any number of threads write and read without a lock: Dmitry Vyukov's bounded queue.</summary>
/// <remarks>
/// Each cell tells by its turn whether it waits for a writer or for a reader; a thread that has moved the position owns the cell until it sets the next turn.
/// </remarks>
/// <typeparam name="T">What is queued.</typeparam>
internal sealed class BoundedQueue<T>
    where T : class
{
    private readonly Cell[] cells;
    private readonly int mask;
    private PaddedPosition writing;
    private PaddedPosition reading;

    /// <summary>Makes the queue.</summary>
    /// <param name="capacity">How many items it holds; a power of two, 2 or more.</param>
    public BoundedQueue(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 2);
        ArgumentOutOfRangeException.ThrowIfNotEqual(int.IsPow2(capacity), true, nameof(capacity));
        cells = new Cell[capacity];
        mask = capacity - 1;
        for (var i = 0; i < capacity; i++)
        {
            cells[i].Turn = i;
        }
    }

    /// <summary>Adds an item; false when the queue is full.</summary>
    public bool TryEnqueue(T item)
    {
        while (true)
        {
            var position = Volatile.Read(ref writing.Value);
            ref var cell = ref cells[position & mask];
            var ahead = Volatile.Read(ref cell.Turn) - position;
            if (ahead == 0 && Interlocked.CompareExchange(ref writing.Value, position + 1, position) == position)
            {
                cell.Item = item;
                Volatile.Write(ref cell.Turn, position + 1);
                return true;
            }

            if (ahead < 0)
            {
                return false;
            }
        }
    }

    /// <summary>Takes the oldest item; false when there is none.</summary>
    public bool TryDequeue([NotNullWhen(true)] out T? item)
    {
        while (true)
        {
            var position = Volatile.Read(ref reading.Value);
            ref var cell = ref cells[position & mask];
            var ahead = Volatile.Read(ref cell.Turn) - (position + 1);
            if (ahead == 0 && Interlocked.CompareExchange(ref reading.Value, position + 1, position) == position)
            {
                item = cell.Item!;
                cell.Item = null;
                Volatile.Write(ref cell.Turn, position + cells.Length);
                return true;
            }

            if (ahead < 0)
            {
                item = null;
                return false;
            }
        }
    }

    private struct Cell
    {
        public long Turn;
        public T? Item;
    }
}
