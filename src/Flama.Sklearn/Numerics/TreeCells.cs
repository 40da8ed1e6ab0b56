using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Flama.Sklearn.Numerics;

/// <summary>The cells that the trees of a model look at, laid out for walking.</summary>
/// <remarks>
/// A slot is a column together with how it is looked at; only slots that some node uses are filled. In a block the
/// <see cref="RowBlock"/> rows of a slot lie side by side, so that rows walked in step find their cells in the same cache line. Immutable and
/// thread-safe.
/// </remarks>
/// <typeparam name="T">The type cells are compared in: float32 for scikit-learn's trees, float64 for histogram boosting.</typeparam>
internal sealed class TreeCells<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Rows a block: cells of 20 columns and one tree stay in the first-level cache.</summary>
    public const int RowBlock = 64;

    private readonly int[] features;
    private readonly CellKind[] kinds;

    /// <summary>Makes the layout.</summary>
    /// <param name="features">The column of each slot, rising.</param>
    /// <param name="kinds">How each slot is looked at.</param>
    public TreeCells(int[] features, CellKind[] kinds)
    {
        this.features = features;
        this.kinds = kinds;
    }

    /// <summary>How many slots; at least one, so that a leaf has a cell to look at.</summary>
    public int Count => Math.Max(features.Length, 1);

    /// <summary>Fills up to <see cref="RowBlock"/> rows, <see cref="RowBlock"/> places a slot.</summary>
    public void FillBlock(FeatureBatch input, int firstRow, int rows, Span<T> cells)
    {
        if (input.Sparse is { } sparse)
        {
            Clear(cells, RowBlock);
            for (var row = 0; row < rows; row++)
            {
                Scatter(sparse, firstRow + row, cells[row..], RowBlock);
            }

            return;
        }

        ref var numbers = ref MemoryMarshal.GetReference(input.Numbers.Slice(firstRow * input.Columns, rows * input.Columns));
        for (var slot = 0; slot < features.Length; slot++)
        {
            var target = cells.Slice(slot * RowBlock, rows);
            ref var column = ref Unsafe.Add(ref numbers, features[slot]);
            for (var row = 0; row < target.Length; row++)
            {
                target[row] = T.CreateTruncating(Unsafe.Add(ref column, row * input.Columns));
            }

            Convert(target, kinds[slot]);
        }
    }

    /// <summary>Fills one row, one place a slot.</summary>
    public void FillRow(FeatureBatch input, int row, Span<T> cells)
    {
        if (input.Sparse is { } sparse)
        {
            Clear(cells, 1);
            Scatter(sparse, row, cells, 1);
            return;
        }

        var numbers = input.Row(row);
        for (var slot = 0; slot < features.Length; slot++)
        {
            cells[slot] = T.CreateTruncating(numbers[features[slot]]);
            Convert(cells.Slice(slot, 1), kinds[slot]);
        }
    }

    // Cells that a sparse row leaves out are 0.
    private void Clear(Span<T> cells, int stride)
    {
        cells[..(Count * stride)].Clear();
        for (var slot = 0; slot < features.Length; slot++)
        {
            Convert(cells.Slice(slot * stride, stride), kinds[slot]);
        }
    }

    private static void Convert(Span<T> cells, CellKind kind)
    {
        if (kind == CellKind.MissingLeft)
        {
            return;
        }

        foreach (ref var cell in cells)
        {
            cell = kind switch
            {
                CellKind.MissingRight => T.IsNaN(cell) ? T.PositiveInfinity : cell,
                CellKind.IsMissing => T.IsNaN(cell) ? T.One : T.Zero,
                _ => T.CreateTruncating(CategoryNode.CellOf(double.CreateTruncating(cell))),
            };
        }
    }

    // Slots are sorted by column, so those of one column are neighbours.
    private void Scatter(SparseRows sparse, int row, Span<T> cells, int stride)
    {
        var columns = sparse.ColumnsOf(row);
        var values = sparse.ValuesOf(row);
        for (var i = 0; i < columns.Length; i++)
        {
            var slot = Array.BinarySearch(features, columns[i]);
            if (slot < 0)
            {
                continue;
            }

            while (slot > 0 && features[slot - 1] == columns[i])
            {
                slot--;
            }

            for (; slot < features.Length && features[slot] == columns[i]; slot++)
            {
                cells[slot * stride] = T.CreateTruncating(values[i]);
                Convert(cells.Slice(slot * stride, 1), kinds[slot]);
            }
        }
    }
}
