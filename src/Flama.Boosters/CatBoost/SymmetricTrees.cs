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

    // The questions of a tree, that of the highest bit first.
    private readonly int[] splits;
    private readonly int[] starts;
    private readonly int[] leafStarts;
    private readonly double[] leaves;
    private readonly int width;
    private readonly bool isDeep;

    /// <summary>Checks and takes the trees.</summary>
    /// <param name="shapes">The trees.</param>
    /// <param name="questions">The question to bins of each binary feature.</param>
    /// <param name="width">Values per leaf.</param>
    /// <param name="errors">Whose they are.</param>
    public SymmetricTrees(TreeShapes shapes, int[] questions, int width, BoosterErrors errors)
    {
        this.width = width;
        leaves = shapes.LeafValues;
        splits = new int[shapes.Splits.Length];
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
                splits[starts[tree + 1] - 1 - i] = questions[shapes.Splits[starts[tree] + i]];
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
    public void AddOne(ReadOnlySpan<byte> bins, Span<double> sums)
    {
        ref var bin = ref MemoryMarshal.GetReference(bins);
        if (width > 1)
        {
            for (var tree = 0; tree < Count; tree++)
            {
                AddLeaf(leafStarts[tree], LeafOf(tree, ref bin), sums);
            }

            return;
        }

        var sum = sums[0];
        for (var tree = 0; tree < leafStarts.Length; tree++)
        {
            sum += leaves[leafStarts[tree] + LeafOf(tree, ref bin)];
        }

        sums[0] = sum;
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

    // All questions ask bins that the layout has, which construction made sure of.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int LeafOf(int tree, ref byte bin)
    {
        var leaf = 0;
        foreach (var split in splits.AsSpan(starts[tree], starts[tree + 1] - starts[tree]))
        {
            var answer = Unsafe.Add(ref bin, BinSplit.BinOf(split)) >= BinSplit.ThresholdOf(split) ? 1 : 0;
            leaf = leaf + leaf + answer;
        }

        return leaf;
    }

    private void AddFour(int tree, ReadOnlySpan<byte> numbers, int stride, Span<double> sums)
    {
        var a = LeavesOf(tree);
        var b = LeavesOf(tree + 1);
        var c = LeavesOf(tree + 2);
        var d = LeavesOf(tree + 3);
        var ofA = numbers[..sums.Length];
        var ofB = numbers.Slice(stride, sums.Length);
        var ofC = numbers.Slice(2 * stride, sums.Length);
        var ofD = numbers.Slice(3 * stride, sums.Length);
        for (var row = 0; row < sums.Length; row++)
        {
            sums[row] = sums[row] + a[ofA[row]] + b[ofB[row]] + c[ofC[row]] + d[ofD[row]];
        }
    }

    private ReadOnlySpan<double> LeavesOf(int tree) => leaves.AsSpan(leafStarts[tree], 1 << (starts[tree + 1] - starts[tree]));

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
