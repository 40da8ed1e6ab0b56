using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Flama.Boosters.CatBoost.Numerics;

namespace Flama.Boosters.CatBoost;

/// <summary>Trees that ask the same question at all nodes of a level: the answers together are the number of the leaf.</summary>
internal sealed class SymmetricTrees : ICatBoostTrees
{
    /// <summary>The most questions of a tree.</summary>
    public const int MaxDepth = 16;

    // Trees whose leaves are found before any is added: sums are then loaded and stored once for all.
    private const int Together = 4;
    private const int BitsPerByte = 8;

    // What CatBoost grows when it is not told otherwise.
    private const int DefaultDepth = 6;

    // The questions of a tree to bins and to answers, that of the highest bit first.
    private readonly int[] splits;
    private readonly int[] asked;
    private readonly int[] starts;
    private readonly int[] leafStarts;
    private readonly double[] leaves;
    private readonly int width;
    private readonly bool isDeep;

    /// <summary>Checks and takes the trees.</summary>
    /// <param name="shapes">The trees.</param>
    /// <param name="questions">What each binary feature has become.</param>
    /// <param name="width">Values per leaf.</param>
    /// <param name="errors">Whose they are.</param>
    public SymmetricTrees(TreeShapes shapes, BinQuestion[] questions, int width, BoosterErrors errors)
    {
        this.width = width;
        leaves = shapes.LeafValues;
        splits = new int[shapes.Splits.Length];
        asked = new int[shapes.Splits.Length];
        starts = new int[shapes.Depths.Length + 1];
        leafStarts = new int[shapes.Depths.Length];
        var leaf = 0L;
        for (var tree = 0; tree < shapes.Depths.Length; tree++)
        {
            var depth = shapes.Depths[tree];
            if (depth > MaxDepth)
            {
                throw errors.Fail($"tree {tree} has {depth} levels, more than {MaxDepth}");
            }

            isDeep |= depth > BitsPerByte;
            starts[tree + 1] = starts[tree] + depth;
            for (var i = 0; i < depth; i++)
            {
                var question = questions[shapes.Splits[starts[tree] + i]];
                splits[starts[tree + 1] - 1 - i] = question.Split;
                asked[starts[tree + 1] - 1 - i] = question.Answer;
            }

            leafStarts[tree] = (int)Math.Min(leaf, leaves.Length);
            leaf += (long)width << depth;
        }

        if (leaf != leaves.Length)
        {
            throw errors.Fail($"its trees have {leaf} values in leaves, and {leaves.Length} are there");
        }
    }

    private int Count => leafStarts.Length;

    /// <inheritdoc/>
    public void AddOne(ReadOnlySpan<byte> answers, Span<double> sums)
    {
        // All questions are among the answers, and all leaves are there: construction made sure of it.
        ref var answer = ref MemoryMarshal.GetReference(answers);
        ref var question = ref MemoryMarshal.GetArrayDataReference(asked);
        ref var values = ref MemoryMarshal.GetArrayDataReference(leaves);
        var sum = sums[0];
        for (var tree = 0; tree < leafStarts.Length; tree++)
        {
            var leaf = LeafOf(ref Unsafe.Add(ref question, starts[tree]), starts[tree + 1] - starts[tree], ref answer);
            if (width > 1)
            {
                AddLeaf(leafStarts[tree], leaf, sums);
            }
            else
            {
                sum += Unsafe.Add(ref values, leafStarts[tree] + leaf);
            }
        }

        if (width == 1)
        {
            sums[0] = sum;
        }
    }

    /// <inheritdoc/>
    public void Add(ReadOnlySpan<byte> bins, int stride, int rows, Span<double> sums)
    {
        Span<byte> numbers = stackalloc byte[Together * stride];
        var tree = 0;
        if (width == 1 && !isDeep)
        {
            for (; tree <= Count - Together; tree += Together)
            {
                for (var i = 0; i < Together; i++)
                {
                    LeafNumbers.Find(SplitsOf(tree + i), bins, stride, numbers.Slice(i * stride, stride));
                }

                AddFour(tree, numbers, stride, sums[..rows]);
            }
        }

        for (; tree < Count; tree++)
        {
            AddTree(tree, bins, stride, numbers, rows, sums);
        }
    }

    private ReadOnlySpan<int> SplitsOf(int tree) => splits.AsSpan(starts[tree]..starts[tree + 1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int LeafOf(ref int question, int depth, ref byte answer)
    {
        if (depth == DefaultDepth)
        {
            return (Unsafe.Add(ref answer, question) << 5)
                + (Unsafe.Add(ref answer, Unsafe.Add(ref question, 1)) << 4)
                + (Unsafe.Add(ref answer, Unsafe.Add(ref question, 2)) << 3)
                + (Unsafe.Add(ref answer, Unsafe.Add(ref question, 3)) << 2)
                + (Unsafe.Add(ref answer, Unsafe.Add(ref question, 4)) << 1)
                + Unsafe.Add(ref answer, Unsafe.Add(ref question, 5));
        }

        var leaf = 0;
        for (var i = 0; i < depth; i++)
        {
            leaf = leaf + leaf + Unsafe.Add(ref answer, Unsafe.Add(ref question, i));
        }

        return leaf;
    }

    private void AddFour(int tree, ReadOnlySpan<byte> numbers, int stride, Span<double> sums)
    {
        // A number of a leaf has as many bits as its tree has levels.
        ref var a = ref LeavesOf(tree);
        ref var b = ref LeavesOf(tree + 1);
        ref var c = ref LeavesOf(tree + 2);
        ref var d = ref LeavesOf(tree + 3);
        var ofA = numbers[..sums.Length];
        var ofB = numbers.Slice(stride, sums.Length);
        var ofC = numbers.Slice(2 * stride, sums.Length);
        var ofD = numbers.Slice(3 * stride, sums.Length);
        for (var row = 0; row < sums.Length; row++)
        {
            sums[row] = sums[row] + Unsafe.Add(ref a, ofA[row]) + Unsafe.Add(ref b, ofB[row]) + Unsafe.Add(ref c, ofC[row]) + Unsafe.Add(ref d, ofD[row]);
        }
    }

    private ref double LeavesOf(int tree) => ref leaves[leafStarts[tree]];

    private void AddTree(int tree, ReadOnlySpan<byte> bins, int stride, Span<byte> numbers, int rows, Span<double> sums)
    {
        var questions = SplitsOf(tree);
        var high = Math.Max(0, questions.Length - BitsPerByte);
        LeafNumbers.Find(questions[high..], bins, stride, numbers[..stride]);
        var highNumbers = numbers.Slice(stride, stride);
        LeafNumbers.Find(questions[..high], bins, stride, highNumbers);
        for (var row = 0; row < rows; row++)
        {
            AddLeaf(leafStarts[tree], numbers[row] | (highNumbers[row] << BitsPerByte), sums.Slice(row * width, width));
        }
    }

    private void AddLeaf(int start, int leaf, Span<double> sums)
    {
        var values = leaves.AsSpan(start + (leaf * width), width);
        for (var i = 0; i < values.Length; i++)
        {
            sums[i] += values[i];
        }
    }
}
