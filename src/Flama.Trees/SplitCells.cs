using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Flama.Trees;

/// <summary>The cells that the splits of a model look at, laid out for walking.</summary>
/// <remarks>
/// A slot is a column together with what a missing cell becomes; only slots that some split uses are filled. Slots of numbers come first, then
/// <see cref="LeafSlot"/>, which is NaN, then slots of categories. In a block the <see cref="RowBlock"/> rows of a slot lie side by side.
/// Immutable and thread-safe.
/// </remarks>
/// <typeparam name="T">The type cells are compared in.</typeparam>
internal sealed class SplitCells<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Rows a block: the cells of 20 columns, both ways of missing, stay in the first-level cache.</summary>
    public const int RowBlock = 64;

    /// <summary>LightGBM takes numbers this close to 0 for 0.</summary>
    public const double Zero = 1e-35f;

    private readonly int[] features;
    private readonly MissingCell[] kinds;
    private readonly int[] sorted;
    private readonly int[] sortedFeatures;
    private readonly T marker;
    private readonly T absent;

    /// <summary>Makes the layout.</summary>
    /// <param name="features">The column of each slot; any number at <paramref name="leafSlot"/>.</param>
    /// <param name="kinds">What missing becomes in each slot.</param>
    /// <param name="leafSlot">The slot of leaves.</param>
    /// <param name="marker">A number that counts as missing; NaN for none.</param>
    /// <param name="absent">The cells that sparse rows leave out: NaN where they are missing, else 0.</param>
    public SplitCells(int[] features, MissingCell[] kinds, int leafSlot, T marker, T absent)
    {
        this.features = features;
        this.kinds = kinds;
        this.marker = marker;
        this.absent = absent;
        LeafSlot = leafSlot;
        sorted = [.. Enumerable.Range(0, features.Length).Where(slot => slot != leafSlot)];
        sortedFeatures = Array.ConvertAll(sorted, slot => features[slot]);
        Array.Sort(sortedFeatures, sorted);
    }

    /// <summary>How many slots.</summary>
    public int Count => features.Length;

    /// <summary>The slot that is always NaN.</summary>
    public int LeafSlot { get; }

    /// <summary>Fills up to <see cref="RowBlock"/> rows, <see cref="RowBlock"/> places a slot.</summary>
    public void FillBlock(FeatureBatch input, int firstRow, int rows, Span<T> cells)
    {
        if (input.Sparse is { } sparse)
        {
            for (var slot = 0; slot < Count; slot++)
            {
                cells.Slice(slot * RowBlock, RowBlock).Fill(Convert(absent, kinds[slot]));
            }

            cells.Slice(LeafSlot * RowBlock, RowBlock).Fill(T.NaN);
            for (var row = 0; row < rows; row++)
            {
                Scatter(sparse, firstRow + row, cells[row..], RowBlock);
            }

            return;
        }

        ref var numbers = ref MemoryMarshal.GetReference(input.Numbers.Slice(firstRow * input.Columns, rows * input.Columns));
        foreach (var slot in sorted)
        {
            var target = cells.Slice(slot * RowBlock, rows);
            ref var column = ref Unsafe.Add(ref numbers, features[slot]);
            for (var row = 0; row < target.Length; row++)
            {
                target[row] = T.CreateTruncating(Unsafe.Add(ref column, row * input.Columns));
            }

            Convert(target, kinds[slot]);
        }

        cells.Slice(LeafSlot * RowBlock, RowBlock).Fill(T.NaN);
    }

    /// <summary>Fills one row, one place a slot.</summary>
    public void FillRow(FeatureBatch input, int row, Span<T> cells)
    {
        if (input.Sparse is { } sparse)
        {
            for (var slot = 0; slot < Count; slot++)
            {
                cells[slot] = Convert(absent, kinds[slot]);
            }

            Scatter(sparse, row, cells, 1);
        }
        else
        {
            var numbers = input.Row(row);
            foreach (var slot in sorted)
            {
                cells[slot] = Convert(T.CreateTruncating(numbers[features[slot]]), kinds[slot]);
            }
        }

        cells[LeafSlot] = T.NaN;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private T Convert(T cell, MissingCell kind)
    {
        var isMissing = T.IsNaN(cell) || cell == marker;
        return kind >= MissingCell.GoesLeftWithZero ? ConvertSpecial(cell, isMissing, kind) : isMissing ? Missing(kind) : cell;
    }

    private void Convert(Span<T> cells, MissingCell kind)
    {
        var missing = Missing(kind);
        if (kind >= MissingCell.GoesLeftWithZero)
        {
            foreach (ref var cell in cells)
            {
                cell = ConvertSpecial(cell, T.IsNaN(cell) || cell == marker, kind);
            }

            return;
        }

        foreach (ref var cell in cells)
        {
            cell = T.IsNaN(cell) || cell == marker ? missing : cell;
        }
    }

    private static T ConvertSpecial(T cell, bool isMissing, MissingCell kind) => kind switch
    {
        MissingCell.IsOne => isMissing ? T.One : T.Zero,
        MissingCell.IsOneWithZero => isMissing || T.Abs(cell) <= T.CreateTruncating(Zero) ? T.One : T.Zero,
        MissingCell.IsCategory => T.CreateTruncating(TableSplit.CellOf(isMissing ? double.NaN : double.CreateTruncating(cell))),
        MissingCell.Stays => isMissing ? T.NaN : cell,
        _ => isMissing || T.Abs(cell) <= T.CreateTruncating(Zero) ? Missing(kind) : cell,
    };

    private static T Missing(MissingCell kind) => kind switch
    {
        MissingCell.GoesLeft or MissingCell.GoesLeftWithZero => T.NegativeInfinity,
        MissingCell.GoesRight or MissingCell.GoesRightWithZero => T.PositiveInfinity,
        MissingCell.IsZero => T.Zero,
        _ => T.NaN,
    };

    private void Scatter(SparseRows sparse, int row, Span<T> cells, int stride)
    {
        var columns = sparse.ColumnsOf(row);
        var values = sparse.ValuesOf(row);
        for (var i = 0; i < columns.Length; i++)
        {
            var at = Array.BinarySearch(sortedFeatures, columns[i]);
            if (at < 0)
            {
                continue;
            }

            while (at > 0 && sortedFeatures[at - 1] == columns[i])
            {
                at--;
            }

            for (; at < sorted.Length && sortedFeatures[at] == columns[i]; at++)
            {
                cells[sorted[at] * stride] = Convert(T.CreateTruncating(values[i]), kinds[sorted[at]]);
            }
        }
    }
}
