using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Flama.Trees;

/// <summary>A node that compares numbers or looks a category up, without a branch between the two.</summary>
/// <remarks>
/// A table has one bit a category, set where the category goes right, in <see cref="TableWords"/> words; bit <see cref="Missing"/> is that of missing
/// cells. A category's number stands in the low bits of the cell. A node of numbers has a table without a bit set, a node of categories a threshold of +∞.
/// </remarks>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct TableSplit : ISplitNode<TableSplit, double>
{
    /// <summary>The number that stands for missing, after those of 256 categories.</summary>
    public const int Missing = 256;

    /// <summary>Words a table: a power of two, so that the low bits of any cell stay inside.</summary>
    public const int TableWords = 8;

    private const int WordBits = 6;
    private const long One = 0x3FF0_0000_0000_0000;

    private readonly double value;
    private readonly uint slot;
    private readonly uint step;
    private readonly uint table;

    private TableSplit(double value, uint slot, uint step, uint table)
    {
        this.value = value;
        this.slot = slot;
        this.step = step;
        this.table = table;
    }

    /// <inheritdoc/>
    public static int Largest => int.MaxValue;

    /// <inheritdoc/>
    public double Value => value;

    /// <inheritdoc/>
    public uint Slot => slot;

    /// <inheritdoc/>
    public uint Step => step;

    /// <inheritdoc/>
    public static TableSplit Make(double value, int slot, int step, int table) => new(value, (uint)slot, (uint)step, (uint)table);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint GoesRight(ref readonly TableSplit node, double cell, ref ulong tables)
    {
        var bits = BitConverter.DoubleToUInt64Bits(cell);
        var word = Unsafe.Add(ref tables, node.table + (uint)((bits >> WordBits) & (TableWords - 1)));
        return Unsafe.BitCast<bool, byte>(cell >= node.value) | ((uint)(word >> (int)bits) & 1);
    }

    /// <summary>The cell of a category: what C makes of the number as an unsigned byte; NaN and negative numbers are missing.</summary>
    public static double CellOf(double number)
    {
        // C converts by way of an int, which is the smallest int for numbers that do not fit: category 0.
        var category = double.IsNaN(number) || number < 0 ? Missing : number < int.MaxValue ? (byte)(int)number : 0;
        return BitConverter.Int64BitsToDouble(One | (long)category);
    }
}
