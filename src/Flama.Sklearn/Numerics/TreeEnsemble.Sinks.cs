namespace Flama.Sklearn.Numerics;

/// <content>What is done with the leaves.</content>
internal sealed partial class TreeEnsemble<T, TNode>
{
    private readonly struct ValueSink(TreeEnsemble<T, TNode> owner, int columnsPerRound) : ISink
    {
        public void AddRows(int tree, ReadOnlySpan<uint> found, OutputSlice output)
        {
            var column = tree % columnsPerRound;
            var values = owner.values;
            var leaves = owner.leaves;
            if (owner.Width == 1)
            {
                for (var row = 0; row < found.Length; row++)
                {
                    output[row, column] += values[leaves[found[row]]];
                }

                return;
            }

            for (var row = 0; row < found.Length; row++)
            {
                Add(found[row], output.Row(row)[column..]);
            }
        }

        public void AddTrees(int firstTree, ReadOnlySpan<uint> found, Span<double> output)
        {
            var column = firstTree % columnsPerRound;
            var values = owner.values;
            var leaves = owner.leaves;
            foreach (var node in found)
            {
                if (owner.Width == 1)
                {
                    output[column] += values[leaves[node]];
                }
                else
                {
                    Add(node, output[column..]);
                }

                column = column == columnsPerRound - 1 ? 0 : column + 1;
            }
        }

        private void Add(uint node, Span<double> to)
        {
            var from = owner.values.AsSpan(owner.leaves[node], owner.Width);
            for (var i = 0; i < from.Length; i++)
            {
                to[i] += from[i];
            }
        }
    }

    private readonly struct NumberSink(TreeEnsemble<T, TNode> owner) : ISink
    {
        public void AddRows(int tree, ReadOnlySpan<uint> found, OutputSlice output)
        {
            for (var row = 0; row < found.Length; row++)
            {
                output[row, tree] = owner.numbers[found[row]];
            }
        }

        public void AddTrees(int firstTree, ReadOnlySpan<uint> found, Span<double> output)
        {
            for (var i = 0; i < found.Length; i++)
            {
                output[firstTree + i] = owner.numbers[found[i]];
            }
        }
    }
}
