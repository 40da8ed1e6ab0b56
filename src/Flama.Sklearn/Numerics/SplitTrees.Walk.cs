using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Flama.Sklearn.Numerics;

/// <content>Eight walks in step.</content>
internal sealed partial class SplitTrees<T, TNode>
{
    private const int Lanes = 8;

    // Eight rows through one tree. Every row takes the first steps; then it is asked, every second step, whether any still moves.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WalkRows(TreeSpan tree, ReadOnlySpan<T> block, Span<T> found)
    {
        ref var node = ref MemoryMarshal.GetArrayDataReference(nodes);
        ref var cell = ref MemoryMarshal.GetReference(block);
        uint a = tree.Root, b = a, c = a, d = a, e = a, f = a, g = a, h = a;
        for (var depth = tree.Sure; depth > 0; depth--)
        {
            a = Next(ref node, a, ref cell);
            b = Next(ref node, b, ref Unsafe.Add(ref cell, 1));
            c = Next(ref node, c, ref Unsafe.Add(ref cell, 2));
            d = Next(ref node, d, ref Unsafe.Add(ref cell, 3));
            e = Next(ref node, e, ref Unsafe.Add(ref cell, 4));
            f = Next(ref node, f, ref Unsafe.Add(ref cell, 5));
            g = Next(ref node, g, ref Unsafe.Add(ref cell, 6));
            h = Next(ref node, h, ref Unsafe.Add(ref cell, 7));
        }

        for (var depth = tree.Rest; depth > 0; depth -= 2)
        {
            var before = a + b + c + d + e + f + g + h;
            for (var twice = 0; twice < 2; twice++)
            {
                a = Next(ref node, a, ref cell);
                b = Next(ref node, b, ref Unsafe.Add(ref cell, 1));
                c = Next(ref node, c, ref Unsafe.Add(ref cell, 2));
                d = Next(ref node, d, ref Unsafe.Add(ref cell, 3));
                e = Next(ref node, e, ref Unsafe.Add(ref cell, 4));
                f = Next(ref node, f, ref Unsafe.Add(ref cell, 5));
                g = Next(ref node, g, ref Unsafe.Add(ref cell, 6));
                h = Next(ref node, h, ref Unsafe.Add(ref cell, 7));
            }

            // Steps only lead on, so the sum tells whether any was taken.
            if (before == a + b + c + d + e + f + g + h)
            {
                break;
            }
        }

        found[7] = Unsafe.Add(ref node, h).Value;
        found[6] = Unsafe.Add(ref node, g).Value;
        found[5] = Unsafe.Add(ref node, f).Value;
        found[4] = Unsafe.Add(ref node, e).Value;
        found[3] = Unsafe.Add(ref node, d).Value;
        found[2] = Unsafe.Add(ref node, c).Value;
        found[1] = Unsafe.Add(ref node, b).Value;
        found[0] = Unsafe.Add(ref node, a).Value;
    }

    // One row through eight trees; past the last tree, a lane walks some tree again.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void WalkTrees(TreeSpan steps, ReadOnlySpan<uint> from, ReadOnlySpan<T> row, Span<T> found)
    {
        ref var node = ref MemoryMarshal.GetArrayDataReference(nodes);
        ref var cell = ref MemoryMarshal.GetReference(row);
        uint h = from[7], g = from[6], f = from[5], e = from[4], d = from[3], c = from[2], b = from[1], a = from[0];
        for (var depth = steps.Sure; depth > 0; depth--)
        {
            a = NextOfRow(ref node, a, ref cell);
            b = NextOfRow(ref node, b, ref cell);
            c = NextOfRow(ref node, c, ref cell);
            d = NextOfRow(ref node, d, ref cell);
            e = NextOfRow(ref node, e, ref cell);
            f = NextOfRow(ref node, f, ref cell);
            g = NextOfRow(ref node, g, ref cell);
            h = NextOfRow(ref node, h, ref cell);
        }

        for (var depth = steps.Rest; depth > 0; depth -= 2)
        {
            var before = a + b + c + d + e + f + g + h;
            for (var twice = 0; twice < 2; twice++)
            {
                a = NextOfRow(ref node, a, ref cell);
                b = NextOfRow(ref node, b, ref cell);
                c = NextOfRow(ref node, c, ref cell);
                d = NextOfRow(ref node, d, ref cell);
                e = NextOfRow(ref node, e, ref cell);
                f = NextOfRow(ref node, f, ref cell);
                g = NextOfRow(ref node, g, ref cell);
                h = NextOfRow(ref node, h, ref cell);
            }

            if (before == a + b + c + d + e + f + g + h)
            {
                break;
            }
        }

        found[7] = Unsafe.Add(ref node, h).Value;
        found[6] = Unsafe.Add(ref node, g).Value;
        found[5] = Unsafe.Add(ref node, f).Value;
        found[4] = Unsafe.Add(ref node, e).Value;
        found[3] = Unsafe.Add(ref node, d).Value;
        found[2] = Unsafe.Add(ref node, c).Value;
        found[1] = Unsafe.Add(ref node, b).Value;
        found[0] = Unsafe.Add(ref node, a).Value;
    }
}
