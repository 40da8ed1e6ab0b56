using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Flama.Sklearn.Numerics;

/// <summary>A node that compares numbers or looks a category up, without a branch between the two.</summary>
/// <remarks>
/// A table has one bit a category, set where the category goes right, in <see cref="TableWords"/> words; bit <see cref="Missing"/> is that of missing
/// cells. A category's number stands in the low bits of the cell. A node of numbers has a table without a bit set, a node of categories a threshold of +∞.
/// </remarks>
/// <param name="Threshold">Go right when the cell is greater than this.</param>
/// <param name="Cell">See <see cref="ITreeNode{TSelf,T}.Cell"/>.</param>
/// <param name="Left">See <see cref="ITreeNode{TSelf,T}.Left"/>.</param>
/// <param name="Table">Where the table starts.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct CategoryNode(double Threshold, uint Cell, uint Left, uint Table) : ITreeNode<CategoryNode, double>
{
    /// <summary>The number that stands for missing, after those of 256 categories.</summary>
    public const int Missing = 256;

    /// <summary>Words a table: a power of two, so that the low bits of any cell stay inside.</summary>
    public const int TableWords = 8;

    private const int WordBits = 6;
    private const long One = 0x3FF0_0000_0000_0000;

    /// <inheritdoc/>
    public static CategoryNode Make(double threshold, uint cell, uint left, uint table) => new(threshold, cell, left, table);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint GoesRight(ref readonly CategoryNode node, double cell, ref ulong tables)
    {
        var bits = BitConverter.DoubleToUInt64Bits(cell);
        var word = Unsafe.Add(ref tables, node.Table + (uint)((bits >> WordBits) & (TableWords - 1)));
        return (cell > node.Threshold ? 1u : 0u) | ((uint)(word >> (int)bits) & 1);
    }

    /// <summary>The cell of a category: what C makes of the number as an unsigned byte; NaN and negative numbers are missing.</summary>
    public static double CellOf(double number)
    {
        // C converts by way of an int, which is the smallest int for numbers that do not fit: category 0.
        var category = double.IsNaN(number) || number < 0 ? Missing : number < int.MaxValue ? (byte)(int)number : 0;
        return BitConverter.Int64BitsToDouble(One | (long)category);
    }
}
