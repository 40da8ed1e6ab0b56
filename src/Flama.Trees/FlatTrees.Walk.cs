using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Flama.Trees;

/// <content>Eight walks in step.</content>
internal sealed partial class FlatTrees<T, TNode>
{
    private const int Lanes = 8;

    // Eight rows through one tree, from the nodes where they are. Every row takes the first steps; then it is asked, every second step, whether any still moves.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WalkRows(TreeSpan tree, ReadOnlySpan<uint> from, ReadOnlySpan<T> block, Span<T> found)
    {
        ref var node = ref MemoryMarshal.GetArrayDataReference(nodes);
        ref var cell = ref MemoryMarshal.GetReference(block);
        ref var table = ref MemoryMarshal.GetArrayDataReference(tables);
        ref var h = ref Unsafe.Add(ref node, from[7]);
        ref var g = ref Unsafe.Add(ref node, from[6]);
        ref var f = ref Unsafe.Add(ref node, from[5]);
        ref var e = ref Unsafe.Add(ref node, from[4]);
        ref var d = ref Unsafe.Add(ref node, from[3]);
        ref var c = ref Unsafe.Add(ref node, from[2]);
        ref var b = ref Unsafe.Add(ref node, from[1]);
        ref var a = ref Unsafe.Add(ref node, from[0]);
        var rest = tree.Rest;
        for (var depth = tree.Sure; ; depth = 2)
        {
            for (; depth > 0; depth--)
            {
                a = ref Next(ref table, ref a, ref cell);
                b = ref Next(ref table, ref b, ref Unsafe.Add(ref cell, 1));
                c = ref Next(ref table, ref c, ref Unsafe.Add(ref cell, 2));
                d = ref Next(ref table, ref d, ref Unsafe.Add(ref cell, 3));
                e = ref Next(ref table, ref e, ref Unsafe.Add(ref cell, 4));
                f = ref Next(ref table, ref f, ref Unsafe.Add(ref cell, 5));
                g = ref Next(ref table, ref g, ref Unsafe.Add(ref cell, 6));
                h = ref Next(ref table, ref h, ref Unsafe.Add(ref cell, 7));
            }

            if (rest <= 0 || (a.Step | b.Step | c.Step | d.Step | e.Step | f.Step | g.Step | h.Step) == 0)
            {
                break;
            }

            rest -= 2;
        }

        found[7] = h.Value;
        found[6] = g.Value;
        found[5] = f.Value;
        found[4] = e.Value;
        found[3] = d.Value;
        found[2] = c.Value;
        found[1] = b.Value;
        found[0] = a.Value;
    }

    // One row through eight trees; past the last tree, a lane walks some tree again.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WalkTrees(TreeSpan steps, ReadOnlySpan<uint> from, ReadOnlySpan<T> row, Span<T> found)
    {
        ref var node = ref MemoryMarshal.GetArrayDataReference(nodes);
        ref var cell = ref MemoryMarshal.GetReference(row);
        ref var table = ref MemoryMarshal.GetArrayDataReference(tables);
        ref var h = ref Unsafe.Add(ref node, from[7]);
        ref var g = ref Unsafe.Add(ref node, from[6]);
        ref var f = ref Unsafe.Add(ref node, from[5]);
        ref var e = ref Unsafe.Add(ref node, from[4]);
        ref var d = ref Unsafe.Add(ref node, from[3]);
        ref var c = ref Unsafe.Add(ref node, from[2]);
        ref var b = ref Unsafe.Add(ref node, from[1]);
        ref var a = ref Unsafe.Add(ref node, from[0]);
        var rest = steps.Rest;
        for (var depth = steps.Sure; ; depth = 2)
        {
            for (; depth > 0; depth--)
            {
                a = ref NextOfRow(ref table, ref a, ref cell);
                b = ref NextOfRow(ref table, ref b, ref cell);
                c = ref NextOfRow(ref table, ref c, ref cell);
                d = ref NextOfRow(ref table, ref d, ref cell);
                e = ref NextOfRow(ref table, ref e, ref cell);
                f = ref NextOfRow(ref table, ref f, ref cell);
                g = ref NextOfRow(ref table, ref g, ref cell);
                h = ref NextOfRow(ref table, ref h, ref cell);
            }

            if (rest <= 0 || (a.Step | b.Step | c.Step | d.Step | e.Step | f.Step | g.Step | h.Step) == 0)
            {
                break;
            }

            rest -= 2;
        }

        found[7] = h.Value;
        found[6] = g.Value;
        found[5] = f.Value;
        found[4] = e.Value;
        found[3] = d.Value;
        found[2] = c.Value;
        found[1] = b.Value;
        found[0] = a.Value;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref TNode Next(ref ulong tables, ref TNode node, ref T cells) =>
        ref Unsafe.Add(ref node, node.Step + TNode.GoesRight(ref node, Unsafe.Add(ref cells, node.Slot * RowBlock), ref tables));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ref TNode NextOfRow(ref ulong tables, ref TNode node, ref T cells) =>
        ref Unsafe.Add(ref node, node.Step + TNode.GoesRight(ref node, Unsafe.Add(ref cells, node.Slot), ref tables));
}
