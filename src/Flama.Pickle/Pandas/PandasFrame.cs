using System.Diagnostics.CodeAnalysis;
using Flama.Pickle.Numpy;

namespace Flama.Pickle.Pandas;

/// <summary>A frame of pandas: labelled columns of values. Immutable and thread-safe.</summary>
/// <remarks>Seen in pickles of pandas 2.2, 2.3 and 3.1.</remarks>
public sealed class PandasFrame
{
    private readonly NdArray?[] blocks;
    private readonly (int Block, int Row)[] places;
    private readonly double[]?[] numbers;
    private readonly object?[]?[] objects;

    private PandasFrame(NdArray columns, NdArray rows, NdArray?[] blocks, (int Block, int Row)[] places)
    {
        Columns = columns.ToObjects();
        Labels = rows;
        this.blocks = blocks;
        this.places = places;
        numbers = new double[]?[blocks.Length];
        objects = new object?[]?[blocks.Length];
    }

    /// <summary>The columns' labels: strings, or numbers.</summary>
    public IReadOnlyList<object?> Columns { get; }

    /// <summary>The rows' labels.</summary>
    public NdArray Labels { get; }

    /// <summary>The number of rows.</summary>
    public int Rows => Labels.Length;

    /// <summary>Reads a frame.</summary>
    /// <param name="value">What a pickle holds.</param>
    /// <param name="frame">The frame.</param>
    /// <returns>False when the object is not a frame, or has dates, intervals or labels of several levels.</returns>
    public static bool TryRead(object? value, [NotNullWhen(true)] out PandasFrame? frame)
    {
        frame = PandasBlocks.ManagerOf(value, "DataFrame") is { } manager && PandasBlocks.Read(manager) is { } blocks ? Make(blocks) : null;
        return frame is not null;
    }

    /// <summary>The position of a column; −1 when there is none of that label.</summary>
    public int IndexOf(string label)
    {
        for (var i = 0; i < Columns.Count; i++)
        {
            if (Columns[i] is string text && text == label)
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The numbers of a column; null when it holds something else.</summary>
    /// <param name="column">The column's position.</param>
    public double[]? Numbers(int column)
    {
        var (block, row) = places[column];
        return blocks[block] is { IsNumeric: true } array ? (numbers[block] ??= array.ToDoubles()).AsSpan(row * Rows, Rows).ToArray() : null;
    }

    /// <summary>The values of a column, as they are; null when they are dates, intervals or of another kind that is not read.</summary>
    /// <param name="column">The column's position.</param>
    public IReadOnlyList<object?>? Objects(int column)
    {
        var (block, row) = places[column];
        return blocks[block] is { } array ? (objects[block] ??= array.ToObjects()).AsSpan(row * Rows, Rows).ToArray() : null;
    }

    private static PandasFrame? Make(PandasBlocks parts)
    {
        if (parts.Axes is not [var columnAxis, var rowAxis]
            || PandasBlocks.LabelsOf(columnAxis) is not { } columns || PandasBlocks.LabelsOf(rowAxis) is not { } rows)
        {
            return null;
        }

        var arrays = new NdArray?[parts.Blocks.Count];
        var positionsByColumn = new (int, int)[columns.Length];
        var filled = new bool[columns.Length];
        for (var i = 0; i < arrays.Length; i++)
        {
            var (values, location) = parts.Blocks[i];
            if (PositionsOf(location, columns.Length) is not { } positions)
            {
                return null;
            }

            arrays[i] = PandasBlocks.ArrayOf(values);
            if (arrays[i] is { } array && (array.Shape.Count is not (1 or 2) || array.Shape[^1] != rows.Length || array.Length != (long)positions.Length * rows.Length))
            {
                return null;
            }

            for (var row = 0; row < positions.Length; row++)
            {
                positionsByColumn[positions[row]] = (i, row);
                filled[positions[row]] = true;
            }
        }

        return Array.TrueForAll(filled, isFilled => isFilled) ? new(columns, rows, arrays, positionsByColumn) : null;
    }

    private static long[]? PositionsOf(object? where, int columns)
    {
        long[]? positions = where switch
        {
            NdArray { Shape.Count: 1, Type.Kind: DTypeKind.Integer } array => array.ToInt64s(),
            PickleObject { Class.Name: "slice", Arguments: { Count: 3 } parts } when parts[0] is long start && parts[1] is long stop =>
                Steps(start, stop, parts[2] is long step and > 0 ? step : 1, columns),
            _ => null,
        };
        return positions is not null && Array.TrueForAll(positions, position => position >= 0 && position < columns) ? positions : null;
    }

    private static long[]? Steps(long start, long stop, long step, int columns) => start >= 0 && stop >= start && step <= Math.Max(columns, 1) && stop <= (long)columns + step
        ? [.. Enumerable.Range(0, (int)((stop - start + step - 1) / step)).Select(i => start + (i * step))]
        : null;
}
