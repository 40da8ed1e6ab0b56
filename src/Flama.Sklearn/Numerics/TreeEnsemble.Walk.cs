using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Flama.Sklearn.Numerics;

/// <content>Rows from roots to leaves.</content>
internal sealed partial class TreeEnsemble<T, TNode>
{
    private const int Lanes = 8;

    private interface ISink
    {
        /// <summary>Takes the leaves of a tree that the rows of the output end in.</summary>
        void AddRows(int tree, ReadOnlySpan<uint> found, OutputSlice output);

        /// <summary>Takes the leaves of some trees that a row ends in.</summary>
        void AddTrees(int firstTree, ReadOnlySpan<uint> found, Span<double> output);
    }

    private void WalkBlock<TSink>(ReadOnlySpan<T> block, OutputSlice output, TSink sink)
        where TSink : struct, ISink
    {
        Span<uint> found = stackalloc uint[RowBlock];
        for (var tree = 0; tree < trees.Length; tree++)
        {
            // Places past the last row hold any numbers; they too end in some leaf.
            for (var row = 0; row < output.Rows; row += Lanes)
            {
                WalkRows(trees[tree], block[row..], found[row..]);
            }

            sink.AddRows(tree, found[..output.Rows], output);
        }
    }

    private void WalkRow<TSink>(ReadOnlySpan<T> row, Span<double> output, TSink sink)
        where TSink : struct, ISink
    {
        Span<uint> found = stackalloc uint[Lanes];
        for (var group = 0; group < groups.Length; group++)
        {
            var first = group * Lanes;
            WalkTrees(groups[group], roots.AsSpan(first, Lanes), row, found);
            sink.AddTrees(first, found[..Math.Min(Lanes, trees.Length - first)], output);
        }
    }

    // Eight rows through one tree. Every row takes the first steps; then it is asked, every second step, whether any still moves.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WalkRows(TreeSpan tree, ReadOnlySpan<T> block, Span<uint> found)
    {
        ref var node = ref MemoryMarshal.GetArrayDataReference(nodes);
        ref var cell = ref MemoryMarshal.GetReference(block);
        ref var table = ref MemoryMarshal.GetArrayDataReference(tables);
        uint a = tree.Root, b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        for (var depth = tree.Sure; depth > 0; depth--)
        {
            a = Step(ref node, a, ref cell, ref table);
            b = Step(ref node, b, ref Unsafe.Add(ref cell, 1), ref table);
            c = Step(ref node, c, ref Unsafe.Add(ref cell, 2), ref table);
            d = Step(ref node, d, ref Unsafe.Add(ref cell, 3), ref table);
            e = Step(ref node, e, ref Unsafe.Add(ref cell, 4), ref table);
            f = Step(ref node, f, ref Unsafe.Add(ref cell, 5), ref table);
            g = Step(ref node, g, ref Unsafe.Add(ref cell, 6), ref table);
            h = Step(ref node, h, ref Unsafe.Add(ref cell, 7), ref table);
        }

        for (var depth = tree.Rest; depth > 0; depth -= 2)
        {
            a = Step(ref node, a, ref cell, ref table);
            b = Step(ref node, b, ref Unsafe.Add(ref cell, 1), ref table);
            c = Step(ref node, c, ref Unsafe.Add(ref cell, 2), ref table);
            d = Step(ref node, d, ref Unsafe.Add(ref cell, 3), ref table);
            e = Step(ref node, e, ref Unsafe.Add(ref cell, 4), ref table);
            f = Step(ref node, f, ref Unsafe.Add(ref cell, 5), ref table);
            g = Step(ref node, g, ref Unsafe.Add(ref cell, 6), ref table);
            h = Step(ref node, h, ref Unsafe.Add(ref cell, 7), ref table);
            var moved = Move(ref a, Step(ref node, a, ref cell, ref table));
            moved |= Move(ref b, Step(ref node, b, ref Unsafe.Add(ref cell, 1), ref table));
            moved |= Move(ref c, Step(ref node, c, ref Unsafe.Add(ref cell, 2), ref table));
            moved |= Move(ref d, Step(ref node, d, ref Unsafe.Add(ref cell, 3), ref table));
            moved |= Move(ref e, Step(ref node, e, ref Unsafe.Add(ref cell, 4), ref table));
            moved |= Move(ref f, Step(ref node, f, ref Unsafe.Add(ref cell, 5), ref table));
            moved |= Move(ref g, Step(ref node, g, ref Unsafe.Add(ref cell, 6), ref table));
            moved |= Move(ref h, Step(ref node, h, ref Unsafe.Add(ref cell, 7), ref table));
            if (moved == 0)
            {
                break;
            }
        }

        found[7] = h;
        found[6] = g;
        found[5] = f;
        found[4] = e;
        found[3] = d;
        found[2] = c;
        found[1] = b;
        found[0] = a;
    }

    // One row through eight trees; past the last tree, a lane walks some tree again.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WalkTrees(TreeSpan steps, ReadOnlySpan<uint> from, ReadOnlySpan<T> row, Span<uint> found)
    {
        ref var node = ref MemoryMarshal.GetArrayDataReference(nodes);
        ref var cell = ref MemoryMarshal.GetReference(row);
        ref var table = ref MemoryMarshal.GetArrayDataReference(tables);
        uint h = from[7], g = from[6], f = from[5], e = from[4], d = from[3], c = from[2], b = from[1], a = from[0];
        for (var depth = steps.Sure; depth > 0; depth--)
        {
            a = StepRow(ref node, a, ref cell, ref table);
            b = StepRow(ref node, b, ref cell, ref table);
            c = StepRow(ref node, c, ref cell, ref table);
            d = StepRow(ref node, d, ref cell, ref table);
            e = StepRow(ref node, e, ref cell, ref table);
            f = StepRow(ref node, f, ref cell, ref table);
            g = StepRow(ref node, g, ref cell, ref table);
            h = StepRow(ref node, h, ref cell, ref table);
        }

        for (var depth = steps.Rest; depth > 0; depth -= 2)
        {
            a = StepRow(ref node, a, ref cell, ref table);
            b = StepRow(ref node, b, ref cell, ref table);
            c = StepRow(ref node, c, ref cell, ref table);
            d = StepRow(ref node, d, ref cell, ref table);
            e = StepRow(ref node, e, ref cell, ref table);
            f = StepRow(ref node, f, ref cell, ref table);
            g = StepRow(ref node, g, ref cell, ref table);
            h = StepRow(ref node, h, ref cell, ref table);
            var moved = Move(ref a, StepRow(ref node, a, ref cell, ref table));
            moved |= Move(ref b, StepRow(ref node, b, ref cell, ref table));
            moved |= Move(ref c, StepRow(ref node, c, ref cell, ref table));
            moved |= Move(ref d, StepRow(ref node, d, ref cell, ref table));
            moved |= Move(ref e, StepRow(ref node, e, ref cell, ref table));
            moved |= Move(ref f, StepRow(ref node, f, ref cell, ref table));
            moved |= Move(ref g, StepRow(ref node, g, ref cell, ref table));
            moved |= Move(ref h, StepRow(ref node, h, ref cell, ref table));
            if (moved == 0)
            {
                break;
            }
        }

        found[7] = h;
        found[6] = g;
        found[5] = f;
        found[4] = e;
        found[3] = d;
        found[2] = c;
        found[1] = b;
        found[0] = a;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Step(ref TNode nodes, uint index, ref T cells, ref ulong tables)
    {
        ref var node = ref Unsafe.Add(ref nodes, index);
        return node.Left + TNode.GoesRight(ref node, Unsafe.Add(ref cells, node.Cell), ref tables);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint StepRow(ref TNode nodes, uint index, ref T cells, ref ulong tables)
    {
        ref var node = ref Unsafe.Add(ref nodes, index);
        return node.Left + TNode.GoesRight(ref node, Unsafe.Add(ref cells, node.Cell / RowBlock), ref tables);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Move(ref uint at, uint next)
    {
        var moved = at ^ next;
        at = next;
        return moved;
    }
}
