using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Flama.Sklearn.Numerics;

/// <summary>Exact search for near rows among many: float32 estimates rule most of them out, float64 decides about the rest.</summary>
/// <remarks>
/// Training rows lie in groups of 64, column by column and less the mean of the column, so that one group is compared with a row in full
/// vectors. An estimate d̃ of a distance d is off by at most E + γd, where E bounds what rounding does to both rows (unit roundoff times their norms) and γ what it does to
/// the sum; a row is ruled out only when even so it is too far. Overflow and NaN rule nothing out. Immutable and thread-safe.
/// </remarks>
/// <typeparam name="TDistance">The distance.</typeparam>
internal sealed class PanelIndex<TDistance>
    where TDistance : struct, IPanelDistance
{
    private const int Group = 64;
    private const int QueryBlock = 8;

    // Twice the unit roundoffs of float32 and float64, and what underflow can take from a sum.
    private const double Roundoff32 = 1.2e-7;
    private const double Roundoff64 = 2.3e-16;
    private const double Underflow = 1e-18;

    private readonly Matrix rows;
    private readonly float[] panels;
    private readonly double[] center;
    private readonly double centerNorm;
    private readonly double largestNorm;
    private readonly double largestCentered;
    private readonly double relative;

    /// <summary>Lays the rows out.</summary>
    public PanelIndex(Matrix rows)
    {
        this.rows = rows;
        center = CenterOf(rows);
        centerNorm = TDistance.Norm(center);
        relative = (rows.Columns + 8) * Roundoff32;
        var groups = (rows.Rows + Group - 1) / Group;
        panels = new float[checked(groups * Group * rows.Columns)];
        var centered = new double[rows.Columns];
        for (var row = 0; row < rows.Rows; row++)
        {
            var values = rows.Row(row);
            var start = (row / Group * Group * rows.Columns) + (row % Group);
            for (var column = 0; column < values.Length; column++)
            {
                centered[column] = values[column] - center[column];
                panels[start + (column * Group)] = (float)centered[column];
            }

            largestNorm = Math.Max(largestNorm, TDistance.Norm(values));
            largestCentered = Math.Max(largestCentered, TDistance.Norm(centered));
        }
    }

    /// <summary>Finds the nearest rows of each query, nearest first, the earlier of equal ones first.</summary>
    /// <param name="queries">Row-major.</param>
    /// <param name="count">How many rows are wanted; no more than there are.</param>
    /// <param name="indices">The rows found, <paramref name="count"/> a query.</param>
    /// <param name="distances">Their distances.</param>
    public void Find(ReadOnlySpan<double> queries, int count, Span<int> indices, Span<double> distances)
    {
        var columns = rows.Columns;
        var total = columns == 0 ? indices.Length / count : queries.Length / columns;
        var buffer = ArrayPool<float>.Shared.Rent(QueryBlock * Math.Max(columns, 1));
        for (var first = 0; first < total; first += QueryBlock)
        {
            var block = Math.Min(QueryBlock, total - first);
            FindBlock(
                queries.Slice(first * columns, block * columns),
                buffer,
                count,
                indices.Slice(first * count, block * count),
                distances.Slice(first * count, block * count));
        }

        ArrayPool<float>.Shared.Return(buffer);
        foreach (ref var distance in distances)
        {
            distance = TDistance.FromRank(distance);
        }
    }

    /// <summary>Finds the rows within a distance, in their order.</summary>
    /// <param name="query">One row.</param>
    /// <param name="radius">The distance, itself included.</param>
    /// <param name="indices">The rows found; has places for all.</param>
    /// <param name="distances">Their distances; has places for all.</param>
    /// <returns>How many were found.</returns>
    public int Within(ReadOnlySpan<double> query, double radius, Span<int> indices, Span<double> distances)
    {
        var buffer = ArrayPool<float>.Shared.Rent(Math.Max(rows.Columns, 1));
        var limit = LimitOf(radius, Center(query, buffer));
        var rank = TDistance.ToRank(radius);
        var found = 0;
        for (var start = 0; start < rows.Rows; start += Group)
        {
            for (var near = Near(start, buffer, limit); near != 0; near &= near - 1)
            {
                var index = start + BitOperations.TrailingZeroCount(near);
                var exact = TDistance.Rank(query, rows.Row(index));
                if (exact <= rank)
                {
                    indices[found] = index;
                    distances[found++] = TDistance.FromRank(exact);
                }
            }
        }

        ArrayPool<float>.Shared.Return(buffer);
        return found;
    }

    private static double[] CenterOf(Matrix rows)
    {
        var mean = new double[rows.Columns];
        for (var row = 0; row < rows.Rows; row++)
        {
            var values = rows.Row(row);
            for (var column = 0; column < mean.Length; column++)
            {
                mean[column] += values[column] / rows.Rows;
            }
        }

        return mean;
    }

    private void FindBlock(ReadOnlySpan<double> queries, float[] buffer, int count, Span<int> indices, Span<double> ranks)
    {
        var columns = rows.Columns;
        var block = indices.Length / count;
        Span<float> limits = stackalloc float[QueryBlock];
        Span<double> errors = stackalloc double[QueryBlock];
        Span<int> found = stackalloc int[QueryBlock];
        for (var query = 0; query < block; query++)
        {
            var centered = buffer.AsSpan(query * columns, columns);
            errors[query] = Center(queries.Slice(query * columns, columns), centered);
            limits[query] = FirstLimit(centered, count, errors[query]);
        }

        // Groups outside, queries inside: a group stays in the first-level cache for all queries of the block.
        for (var start = 0; start < rows.Rows; start += Group)
        {
            for (var query = 0; query < block; query++)
            {
                var near = Near(start, buffer.AsSpan(query * columns), limits[query]);
                if (near == 0)
                {
                    continue;
                }

                var list = new NearestList(indices.Slice(query * count, count), ranks.Slice(query * count, count), found[query]);
                Take(queries.Slice(query * columns, columns), start, near, ref list);
                found[query] = list.Count;
                if (list.IsFull)
                {
                    limits[query] = Math.Min(limits[query], LimitOf(TDistance.FromRank(list.Worst), errors[query]));
                }
            }
        }
    }

    private void Take(ReadOnlySpan<double> query, int start, ulong near, ref NearestList list)
    {
        for (; near != 0; near &= near - 1)
        {
            var index = start + BitOperations.TrailingZeroCount(near);
            list.Add(index, TDistance.Rank(query, rows.Row(index)));
        }
    }

    // Less the mean, as float32; returns the error bound E.
    private double Center(ReadOnlySpan<double> query, Span<float> centered)
    {
        using var scratch = new Scratch(query.Length);
        TensorPrimitives.Subtract(query, center, scratch.Span);
        for (var column = 0; column < query.Length; column++)
        {
            centered[column] = (float)scratch.Span[column];
        }

        return (Roundoff32 * (TDistance.Norm(scratch.Span) + largestCentered))
            + (Roundoff64 * (TDistance.Norm(query) + largestNorm + (2 * centerNorm)))
            + Underflow;
    }

    // What an estimate is at most when the true distance is at most this; +∞ when that is not a float32.
    private float LimitOf(double distance, double error)
    {
        var rank = TDistance.ToRank((distance * (1 + relative)) + error) * (1 + relative);
        return rank < float.MaxValue ? MathF.BitIncrement((float)rank) : float.PositiveInfinity;
    }

    // The first group's estimates tell how near the wanted rows are at most.
    private float FirstLimit(ReadOnlySpan<float> query, int count, double error)
    {
        if (count > Math.Min(Group, rows.Rows) || rows.Rows < Group)
        {
            return float.PositiveInfinity;
        }

        Span<float> estimates = stackalloc float[Group];
        Estimate(query, estimates);
        estimates.Sort();
        if (float.IsNaN(estimates[0]))
        {
            return float.PositiveInfinity;
        }

        var distance = (TDistance.FromRank(estimates[count - 1]) + error) / (1 - relative);
        return relative < 1 ? LimitOf(distance, error) : float.PositiveInfinity;
    }

    private void Estimate(ReadOnlySpan<float> query, Span<float> estimates)
    {
        for (var lane = 0; lane < Group; lane += Vector256<float>.Count)
        {
            var rank = Vector256<float>.Zero;
            for (var column = 0; column < rows.Columns; column++)
            {
                rank = TDistance.Add(rank, Vector256.LoadUnsafe(ref panels[(column * Group) + lane]) - Vector256.Create(query[column]));
            }

            rank.CopyTo(estimates[lane..]);
        }
    }

    // One bit for each row of a group that is not surely farther than the limit.
    private ulong Near(int start, ReadOnlySpan<float> query, float limit)
    {
        ref var panel = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(panels), start * rows.Columns);
        ref var x = ref MemoryMarshal.GetReference(query);
        var far = Vector512.IsHardwareAccelerated ? Far512(rows.Columns, ref panel, ref x, limit) : Far256(rows.Columns, ref panel, ref x, limit);
        var last = rows.Rows - start;
        return last >= Group ? ~far : ~far & ((1UL << last) - 1);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong Far512(int columns, ref float panel, ref float query, float limit)
    {
        Vector512<float> a = default, b = default, c = default, d = default;
        for (var column = 0; column < columns; column++)
        {
            var x = Vector512.Create(Unsafe.Add(ref query, column));
            a = TDistance.Add(a, Vector512.LoadUnsafe(ref panel) - x);
            b = TDistance.Add(b, Vector512.LoadUnsafe(ref panel, 16) - x);
            c = TDistance.Add(c, Vector512.LoadUnsafe(ref panel, 32) - x);
            d = TDistance.Add(d, Vector512.LoadUnsafe(ref panel, 48) - x);
            panel = ref Unsafe.Add(ref panel, Group);
        }

        var limits = Vector512.Create(limit);
        return Vector512.GreaterThan(a, limits).ExtractMostSignificantBits()
            | (Vector512.GreaterThan(b, limits).ExtractMostSignificantBits() << 16)
            | (Vector512.GreaterThan(c, limits).ExtractMostSignificantBits() << 32)
            | (Vector512.GreaterThan(d, limits).ExtractMostSignificantBits() << 48);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ulong Far256(int columns, ref float panel, ref float query, float limit)
    {
        var far = 0UL;
        var limits = Vector256.Create(limit);
        for (var lane = 0; lane < Group; lane += 4 * Vector256<float>.Count)
        {
            Vector256<float> a = default, b = default, c = default, d = default;
            ref var at = ref Unsafe.Add(ref panel, lane);
            for (var column = 0; column < columns; column++)
            {
                var x = Vector256.Create(Unsafe.Add(ref query, column));
                a = TDistance.Add(a, Vector256.LoadUnsafe(ref at) - x);
                b = TDistance.Add(b, Vector256.LoadUnsafe(ref at, 8) - x);
                c = TDistance.Add(c, Vector256.LoadUnsafe(ref at, 16) - x);
                d = TDistance.Add(d, Vector256.LoadUnsafe(ref at, 24) - x);
                at = ref Unsafe.Add(ref at, Group);
            }

            far |= (Vector256.GreaterThan(a, limits).ExtractMostSignificantBits()
                | ((ulong)Vector256.GreaterThan(b, limits).ExtractMostSignificantBits() << 8)
                | ((ulong)Vector256.GreaterThan(c, limits).ExtractMostSignificantBits() << 16)
                | ((ulong)Vector256.GreaterThan(d, limits).ExtractMostSignificantBits() << 24)) << lane;
        }

        return far;
    }
}
