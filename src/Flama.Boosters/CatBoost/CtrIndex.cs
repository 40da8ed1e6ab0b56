using System.Numerics;

namespace Flama.Boosters.CatBoost;

/// <summary>Finds the row of a key in a table. Immutable and thread-safe.</summary>
/// <remarks>Where a key is kept depends on a number that each process draws, so that no file can be made whose keys all collide.</remarks>
internal sealed class CtrIndex
{
    private static readonly ulong Multiplier = (ulong)Random.Shared.NextInt64() | 1;

    private readonly ulong[] keys;
    private readonly int[] rows;
    private readonly int shift;

    /// <summary>Takes the keys and the row of each.</summary>
    /// <param name="keys">The keys.</param>
    /// <param name="rows">As many rows, none negative.</param>
    /// <exception cref="ArgumentException">A key is there twice.</exception>
    public CtrIndex(ReadOnlySpan<ulong> keys, ReadOnlySpan<int> rows)
    {
        var capacity = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(2, 2 * keys.Length));
        shift = 64 - BitOperations.Log2((uint)capacity);
        this.keys = new ulong[capacity];
        this.rows = new int[capacity];
        this.rows.AsSpan().Fill(-1);
        for (var i = 0; i < keys.Length; i++)
        {
            var at = Find(keys[i]);
            if (this.rows[at] >= 0)
            {
                throw new ArgumentException($"the key {keys[i]} is there twice", nameof(keys));
            }

            (this.keys[at], this.rows[at]) = (keys[i], rows[i]);
        }
    }

    /// <summary>The row of a key; -1 when there is none.</summary>
    public int RowOf(ulong key) => rows[Find(key)];

    // At most half of the table is used, so that the search ends.
    private int Find(ulong key)
    {
        var at = (int)((key * Multiplier) >> shift);
        while (rows[at] >= 0 && keys[at] != key)
        {
            at = (at + 1) & (keys.Length - 1);
        }

        return at;
    }
}
