using System.Runtime.InteropServices;

namespace Flama.Trees;

/// <summary>One split of a <see cref="BlendProgram"/>: where the rank, its bits flipped or not, is at least a threshold take the right, elsewhere the left.</summary>
/// <param name="Column">The column of ranks to look at, see <see cref="CellRanks{T}"/>.</param>
/// <param name="Threshold">The threshold.</param>
/// <param name="Flip">What ranks are combined with by exclusive or: 0, or all bits, which turns their order round.</param>
/// <param name="Left">What the left side gives, see <see cref="BlendKind"/>.</param>
/// <param name="Right">What the right side gives.</param>
/// <param name="Target">Where the outcome goes, among the values that are kept.</param>
[StructLayout(LayoutKind.Sequential)]
internal readonly record struct BlendSplit(ushort Column, ushort Threshold, ushort Flip, ushort Left, ushort Right, ushort Target);
