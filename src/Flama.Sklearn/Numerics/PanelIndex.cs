using System.Buffers;
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Flama.Sklearn.Numerics;

/// <summary>Exact search for near rows among many: short estimates rule most of them out, float64 decides about the rest.</summary>
/// <remarks>
/// Training rows lie in groups of 64, column by column, less the mean of the column and rounded to bfloat16, so that a group is compared with a query in full vectors and few
/// bytes pass through the caches. An estimate d̃ of a distance d is off by at most E + γd, where E bounds what rounding does to both rows (unit roundoffs times
/// their norms) and γ what it does to the sum; a row is ruled out only when even so it is too far. The smallest estimates of 64 lanes belong to different rows and tell at once how near
/// the wanted rows are at most. Rows far from all others would make E large; they are stored as NaN, and NaN, like overflow, rules nothing out. Immutable and thread-safe.
/// </remarks>
/// <typeparam name="TDistance">The distance.</typeparam>
internal sealed partial class PanelIndex<TDistance>
    where TDistance : struct, IPanelDistance
{
    private const int Group = 64;
    private const int QueryBlock = 8;

    // Rows whose estimates are looked through together: for one query as many as may be, for several so few that they stay in the first-level cache.
    private const int LongChunk = 64 * Group;
    private const int ShortChunk = 8 * Group;

    // Unit roundoffs of bfloat16, float32 and float64, the latter two doubled, and what underflow can take from a sum.
    private const double Roundoff16 = 0.00196;
    private const double Roundoff32 = 1.2e-7;
    private const double Roundoff64 = 2.3e-16;
    private const double Underflow = 1e-18;

    // What rounding adds before the lower 16 bits are cut off.
    private const uint Half = 0x8000;
    private const uint Upper = 0xFFFF_0000;
    private const float LargestEstimated = 1e38f;

    // A row whose norm is so many times the usual one is not estimated: at most one in sixteen.
    private const double Outlying = 4;

    private readonly Matrix rows;
    private readonly uint[] panels;
    private readonly double[] center;
    private readonly double centerNorm;
    private readonly double largestNorm;
    private readonly double largestCentered;
    private readonly double relative;

    /// <summary>Lays the rows out.</summary>
    public PanelIndex(Matrix rows)
    {
        this.rows = rows;
        center = MeanOf(rows);
        centerNorm = TDistance.Norm(center);
        relative = (rows.Columns + 8) * Roundoff32;
        var groups = (rows.Rows + Group - 1) / Group;
        panels = new uint[checked(groups * (Group / 2) * rows.Columns)];
        var norms = new double[rows.Rows];
        var centered = new double[rows.Columns];
        for (var row = 0; row < rows.Rows; row++)
        {
            TensorPrimitives.Subtract(rows.Row(row), center, centered);
            norms[row] = TDistance.Norm(centered);
            largestNorm = Math.Max(largestNorm, TDistance.Norm(rows.Row(row)));
        }

        var usual = TensorPrimitives.Norm(norms) / Math.Sqrt(rows.Rows);
        for (var row = 0; row < rows.Rows; row++)
        {
            var isOutlying = !(norms[row] <= Outlying * usual);
            largestCentered = isOutlying ? largestCentered : Math.Max(largestCentered, norms[row]);
            TensorPrimitives.Subtract(rows.Row(row), center, centered);
            for (var column = 0; column < centered.Length; column++)
            {
                Pack(row, column, isOutlying ? float.NaN : (float)centered[column]);
            }
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
        var total = queries.Length / columns;
        var block = Math.Min(QueryBlock, total);
        var chunk = total == 1 ? LongChunk : ShortChunk;
        var buffer = ArrayPool<float>.Shared.Rent(block * (columns + chunk));
        for (var first = 0; first < total; first += QueryBlock)
        {
            block = Math.Min(QueryBlock, total - first);
            FindBlock(
                queries.Slice(first * columns, block * columns),
                buffer,
                chunk,
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
        var buffer = ArrayPool<float>.Shared.Rent(rows.Columns);
        var limit = LimitOf(radius, Center(query, buffer));
        var rank = TDistance.ToRank(radius);
        var found = 0;
        Span<float> estimates = stackalloc float[Group];
        Span<float> minima = stackalloc float[Group];
        for (var start = 0; start < rows.Rows; start += Group)
        {
            Estimate(start, buffer, estimates, minima);
            for (var near = Near(estimates, limit, rows.Rows - start); near != 0; near &= near - 1)
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

    // Two numbers share a word; the upper one is read with the lower one as its last digits, and rounded to suit.
    private void Pack(int row, int column, float value)
    {
        var lane = row % Group;
        ref var place = ref panels[(((row / Group * rows.Columns) + column) * (Group / 2)) + (lane / 32 * 16) + (lane % 16)];
        var bits = BitConverter.SingleToUInt32Bits(Math.Abs(value) < LargestEstimated ? value : float.NaN);
        if (lane % 32 < 16)
        {
            place = (bits + Half) >> 16;
            return;
        }

        var magnitude = bits & int.MaxValue;
        var rounded = magnitude + Half > place ? (magnitude + Half - place) & Upper : 0;
        place |= rounded | (bits & ~(uint)int.MaxValue);
    }

    private static double[] MeanOf(Matrix rows)
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

    private void FindBlock(ReadOnlySpan<double> queries, Span<float> buffer, int chunk, int count, Span<int> indices, Span<double> ranks)
    {
        var columns = rows.Columns;
        var block = queries.Length / columns;
        var centered = buffer[..(block * columns)];
        var estimates = buffer.Slice(block * columns, block * chunk);
        Span<QueryState> states = stackalloc QueryState[QueryBlock];
        Span<float> minima = stackalloc float[QueryBlock * Group];
        minima.Fill(float.PositiveInfinity);
        for (var query = 0; query < block; query++)
        {
            var error = Center(queries.Slice(query * columns, columns), centered.Slice(query * columns, columns));
            states[query] = new() { Error = error, Limit = float.PositiveInfinity };
        }

        for (var first = 0; first < rows.Rows; first += chunk)
        {
            // Groups outside, queries inside: a group stays in the first-level cache for all queries of the block.
            var end = Math.Min(chunk, rows.Rows - first);
            for (var start = 0; start < end; start += Group)
            {
                for (var query = 0; query < block; query++)
                {
                    Estimate(
                        first + start,
                        centered.Slice(query * columns, columns),
                        estimates.Slice((query * chunk) + start, Group),
                        minima.Slice(query * Group, Group));
                }
            }

            for (var query = 0; query < block; query++)
            {
                ref var state = ref states[query];
                if (first == 0)
                {
                    state.Limit = LimitOf(minima.Slice(query * Group, Group), count, state.Error);
                }

                var list = new NearestList(indices.Slice(query * count, count), ranks.Slice(query * count, count), state.Found);
                Take(queries.Slice(query * columns, columns), first, estimates.Slice(query * chunk, end), ref list, ref state);
            }
        }
    }

    // Decides about the rows of a chunk that are not ruled out.
    private void Take(ReadOnlySpan<double> query, int first, ReadOnlySpan<float> estimates, ref NearestList list, ref QueryState state)
    {
        for (var start = 0; start < estimates.Length; start += Group)
        {
            var near = AreFar(estimates[start..], state.Limit) ? 0 : Near(estimates[start..], state.Limit, estimates.Length - start);
            for (; near != 0; near &= near - 1)
            {
                var index = start + BitOperations.TrailingZeroCount(near);
                if (estimates[index] > state.Limit)
                {
                    continue;
                }

                list.Add(first + index, TDistance.Rank(query, rows.Row(first + index)));
                if (list.IsFull)
                {
                    state.Limit = Math.Min(state.Limit, LimitOf(TDistance.FromRank(list.Worst), state.Error));
                }
            }
        }

        state.Found = list.Count;
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

        return (Roundoff32 * TDistance.Norm(scratch.Span)) + (Roundoff16 * largestCentered)
            + (Roundoff64 * (TDistance.Norm(query) + largestNorm + (2 * centerNorm)))
            + Underflow;
    }

    // What an estimate is at most when the true distance is at most this; +∞ when that is not a float32.
    private float LimitOf(double distance, double error)
    {
        var rank = TDistance.ToRank((distance * (1 + relative)) + error) * (1 + relative);
        return rank < float.MaxValue ? MathF.BitIncrement((float)rank) : float.PositiveInfinity;
    }

    // So many different rows have estimates up to the count-th smallest of the lanes' minima.
    private float LimitOf(ReadOnlySpan<float> minima, int count, double error)
    {
        if (count > MaxLanes || relative >= 1)
        {
            return float.PositiveInfinity;
        }

        Span<float> smallest = stackalloc float[MaxLanes];
        smallest = smallest[..count];
        smallest.Fill(float.PositiveInfinity);
        foreach (var minimum in minima)
        {
            if (!(minimum < smallest[^1]))
            {
                continue;
            }

            var at = count - 1;
            for (; at > 0 && minimum < smallest[at - 1]; at--)
            {
                smallest[at] = smallest[at - 1];
            }

            smallest[at] = minimum;
        }

        return LimitOf((TDistance.FromRank(smallest[^1]) + error) / (1 - relative), error);
    }

    [StructLayout(LayoutKind.Auto)]
    private struct QueryState
    {
        public double Error;
        public float Limit;
        public int Found;
    }
}
