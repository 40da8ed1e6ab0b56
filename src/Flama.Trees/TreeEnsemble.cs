using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Flama.Trees;

/// <summary>Trees of scikit-learn: cells are float32, leaves hold one or more float64, sums run in the order of the trees. Immutable and thread-safe.</summary>
internal sealed class TreeEnsemble
{
    private const int MaxTrees = FlatTrees<float, CompactSplit>.TreeBlock;

    private readonly SplitTrees<float> trees;
    private readonly double[] values;
    private readonly int[] numbers;

    /// <summary>Takes over what a reader checked.</summary>
    /// <param name="trees">The trees; values of leaves are their <see cref="LeafNumber"/>.</param>
    /// <param name="values">The numbers of all leaves, <paramref name="width"/> each.</param>
    /// <param name="numbers">For each leaf its number in the file.</param>
    /// <param name="width">Numbers a leaf.</param>
    public TreeEnsemble(SplitTrees<float> trees, double[] values, int[] numbers, int width)
    {
        this.trees = trees;
        this.values = values;
        this.numbers = numbers;
        Width = width;
    }

    /// <summary>Numbers a leaf.</summary>
    public int Width { get; }

    /// <summary>How many trees.</summary>
    public int Count => trees.Count;

    /// <summary>Adds each tree's leaf to every row of the output, from the tree's column on.</summary>
    /// <param name="input">Numeric or sparse rows.</param>
    /// <param name="output">As many rows.</param>
    public void Accumulate(FeatureBatch input, OutputSlice output)
    {
        if (Width == 1)
        {
            var single = new NumberSink(values, output);
            trees.Walk(input, ref single);
            return;
        }

        var several = new RowSink(values, Width, output);
        trees.Walk(input, ref several);
    }

    /// <summary>Writes the number of the leaf that each row ends in, one column per tree, as scikit-learn's <c>apply</c> does.</summary>
    public void Apply(FeatureBatch input, OutputSlice output)
    {
        var sink = new ApplySink(numbers, output);
        trees.Walk(input, ref sink);
    }

    private readonly ref struct NumberSink(double[] values, OutputSlice output) : ILeafSink<float>
    {
        private readonly OutputSlice output = output;

        public void AddRows(int tree, int column, int firstRow, scoped ReadOnlySpan<float> leaves)
        {
            var target = output.From(firstRow, column, out var step);
            var at = 0;
            foreach (var leaf in leaves)
            {
                target[at] += values[LeafNumber.Of(leaf)];
                at += step;
            }
        }

        public void AddTrees(int firstTree, scoped ReadOnlySpan<int> columns, int period, int row, scoped ReadOnlySpan<float> leaves)
        {
            var target = output.Row(row);
            if (period == 0)
            {
                for (var i = 0; i < leaves.Length; i++)
                {
                    target[columns[i]] += values[LeafNumber.Of(leaves[i])];
                }

                return;
            }

            Span<double> terms = stackalloc double[MaxTrees];
            terms = terms[..leaves.Length];
            for (var i = 0; i < leaves.Length; i++)
            {
                terms[i] = values[LeafNumber.Of(leaves[i])];
            }

            RoundSums.Add(target, period, firstTree, terms);
        }
    }

    private readonly ref struct RowSink(double[] values, int width, OutputSlice output) : ILeafSink<float>
    {
        private readonly OutputSlice output = output;

        public void AddRows(int tree, int column, int firstRow, scoped ReadOnlySpan<float> leaves)
        {
            var target = output.From(firstRow, column, out var step);
            for (var i = 0; i < leaves.Length; i++)
            {
                Add(leaves[i], target[(i * step)..]);
            }
        }

        public void AddTrees(int firstTree, scoped ReadOnlySpan<int> columns, int period, int row, scoped ReadOnlySpan<float> leaves)
        {
            var target = output.Row(row);
            if (period == 1)
            {
                AddTrees(target[..width], leaves);
                return;
            }

            for (var i = 0; i < leaves.Length; i++)
            {
                Add(leaves[i], target[columns[i]..]);
            }
        }

        // Sums that stay in a register need not wait for memory after every tree.
        private void AddTrees(Span<double> target, scoped ReadOnlySpan<float> leaves)
        {
            var column = 0;
            for (; column <= width - Vector128<double>.Count; column += Vector128<double>.Count)
            {
                var sum = Vector128.Create<double>(target.Slice(column, Vector128<double>.Count));
                foreach (var leaf in leaves)
                {
                    sum += Vector128.Create<double>(values.AsSpan((LeafNumber.Of(leaf) * width) + column, Vector128<double>.Count));
                }

                sum.CopyTo(target[column..]);
            }

            if (column < width)
            {
                var sum = target[column];
                foreach (var leaf in leaves)
                {
                    sum += values[(LeafNumber.Of(leaf) * width) + column];
                }

                target[column] = sum;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private void Add(float leaf, Span<double> target)
        {
            ref var from = ref MemoryMarshal.GetReference(values.AsSpan(LeafNumber.Of(leaf) * width, width));
            ref var to = ref MemoryMarshal.GetReference(target[..width]);
            nuint i = 0;
            for (; i + (nuint)Vector128<double>.Count <= (nuint)width; i += (nuint)Vector128<double>.Count)
            {
                (Vector128.LoadUnsafe(ref to, i) + Vector128.LoadUnsafe(ref from, i)).StoreUnsafe(ref to, i);
            }

            if (i < (nuint)width)
            {
                Unsafe.Add(ref to, i) += Unsafe.Add(ref from, i);
            }
        }
    }

    private readonly ref struct ApplySink(int[] numbers, OutputSlice output) : ILeafSink<float>
    {
        private readonly OutputSlice output = output;

        public void AddRows(int tree, int column, int firstRow, scoped ReadOnlySpan<float> leaves)
        {
            var target = output;
            for (var i = 0; i < leaves.Length; i++)
            {
                target[firstRow + i, tree] = numbers[LeafNumber.Of(leaves[i])];
            }
        }

        public void AddTrees(int firstTree, scoped ReadOnlySpan<int> columns, int period, int row, scoped ReadOnlySpan<float> leaves)
        {
            var target = output.Row(row);
            for (var i = 0; i < leaves.Length; i++)
            {
                target[firstTree + i] = numbers[LeafNumber.Of(leaves[i])];
            }
        }
    }
}
