using System.Collections;

namespace Flama.Pickle;

/// <summary>
/// A Python dict: entries in order; a later entry of an equal string, integer, float or boolean key replaces the earlier one's value, whose key stays.
/// </summary>
/// <remarks>Reading is thread-safe once writing has ended. Hashes are seeded at random, so a file cannot choose keys that collide.</remarks>
public sealed class PickleDict : IReadOnlyCollection<KeyValuePair<object?, object?>>
{
    // Up to here a look at every key is as fast as hashing, and most dicts of a model are attribute lists this small or not much larger.
    private const int ScanLimit = 8;

    private Entry[] entries = [];
    private int[]? buckets;

    /// <summary>How many entries there are.</summary>
    public int Count { get; private set; }

    /// <summary>How many containers nest in this one, itself included.</summary>
    internal int Depth { get; set; } = 1;

    /// <summary>Whether another container holds this one already.</summary>
    internal bool IsPlaced { get; set; }

    /// <summary>Finds the value of a string key.</summary>
    public bool TryGetValue(string key, out object? value)
    {
        var position = Find(key, HashOf(key));
        value = position < 0 ? null : entries[position].Value;
        return position >= 0;
    }

    /// <summary>Sets an entry. Keys other than strings, numbers and booleans are kept without a look for an equal one.</summary>
    public void Set(object? key, object? value)
    {
        var hash = HashOf(key);
        if (hash >= 0)
        {
            var position = Find(key!, hash);
            if (position >= 0)
            {
                entries[position].Value = value;
                return;
            }
        }

        if (Count == entries.Length)
        {
            Resize(Math.Max(4, checked(Count * 2)));
        }

        entries[Count] = new Entry { Key = key, Value = value, Hash = hash, Next = -1 };
        Count++;
        if (buckets is not null)
        {
            Link(Count - 1);
        }
        else if (Count > ScanLimit)
        {
            BuildIndex();
        }
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<object?, object?>> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return new(entries[i].Key, entries[i].Value);
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>The key at a position.</summary>
    internal object? KeyAt(int position) => entries[position].Key;

    /// <summary>The value at a position.</summary>
    internal object? ValueAt(int position) => entries[position].Value;

    /// <summary>Makes room for more entries.</summary>
    internal void Reserve(int additional)
    {
        if (entries.Length - Count < additional)
        {
            Resize(Math.Max(Count + additional, Count * 2));
        }
    }

    /// <summary>A hash of 0 or more for keys compared by value, −1 for the others.</summary>
    internal static int HashOf(object? key) => key switch
    {
        string text => text.GetHashCode(StringComparison.Ordinal) & int.MaxValue,
        long integer => Seeded(integer),
        double number => Seeded(BitConverter.DoubleToInt64Bits(number + 0.0)),
        bool flag => flag ? 1 : 0,
        _ => -1,
    };

    private static int Seeded(long value) => HashCode.Combine((int)value, (int)(value >> 32)) & int.MaxValue;

    private int Find(object key, int hash)
    {
        if (buckets is null)
        {
            for (var i = 0; i < Count; i++)
            {
                if (entries[i].Hash == hash && Equals(entries[i].Key, key))
                {
                    return i;
                }
            }

            return -1;
        }

        var position = buckets[hash & (buckets.Length - 1)];
        while (position >= 0)
        {
            ref var entry = ref entries[position];
            if (entry.Hash == hash && Equals(entry.Key, key))
            {
                return position;
            }

            position = entry.Next;
        }

        return -1;
    }

    private void Resize(int capacity)
    {
        Array.Resize(ref entries, capacity);
        if (buckets is not null)
        {
            BuildIndex();
        }
    }

    private void BuildIndex()
    {
        buckets = new int[(int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)entries.Length)];
        buckets.AsSpan().Fill(-1);
        for (var i = 0; i < Count; i++)
        {
            Link(i);
        }
    }

    private void Link(int position)
    {
        ref var entry = ref entries[position];
        if (entry.Hash >= 0)
        {
            ref var bucket = ref buckets![entry.Hash & (buckets.Length - 1)];
            entry.Next = bucket;
            bucket = position;
        }
    }

    private struct Entry
    {
        public object? Key;
        public object? Value;
        public int Hash;
        public int Next;
    }
}
