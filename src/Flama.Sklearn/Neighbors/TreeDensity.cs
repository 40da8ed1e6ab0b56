using System.Buffers;

namespace Flama.Sklearn.Neighbors;

/// <summary>
/// The logarithm of a sum of kernels over a tree, as scikit-learn narrows it: bounds of all rows' share are replaced by those of smaller and smaller nodes, and of leaves by their rows'
/// kernels, until what is open is within the tolerances.
/// </summary>
/// <remarks>
/// Bounds are subtracted and added as logarithms, which leaves about 1e-16 of the root's bound behind: a density that is really 0 comes out as e^−36 or so, here as there.
/// </remarks>
/// <param name="tree">The rows.</param>
/// <param name="kernel">The logarithm of the kernel of a distance.</param>
/// <param name="weights">A weight a row; null where each counts 1.</param>
/// <param name="logNorm">The logarithm of what kernels are multiplied with.</param>
/// <param name="tolerances">The absolute and the relative tolerance of the sum.</param>
/// <param name="isBreadthFirst">Whether the nearest node is next rather than the last child.</param>
internal sealed class TreeDensity(
    SpaceTree tree, Func<double, double> kernel, double[]? weights, double logNorm, (double Absolute, double Relative) tolerances, bool isBreadthFirst)
{
    private readonly double logAbsolute = Math.Log(tolerances.Absolute);
    private readonly double logRelative = Math.Log(tolerances.Relative);
    private readonly double[] logSizes = [.. Enumerable.Range(0, tree.Nodes).Select(node => Math.Log(SizeOf(tree, weights, node)))];

    /// <summary>The logarithm of the sum for a row, kernels not multiplied.</summary>
    public double LogSum(ReadOnlySpan<double> row)
    {
        using var scratch = new Scratch(3 * tree.Nodes);
        var nodes = ArrayPool<int>.Shared.Rent(tree.Nodes);
        var sum = LogSum(row, scratch.Span[..tree.Nodes], scratch.Span.Slice(tree.Nodes, tree.Nodes), scratch.Span[(2 * tree.Nodes)..], nodes);
        ArrayPool<int>.Shared.Return(nodes);
        return sum;
    }

    private static double SizeOf(SpaceTree tree, double[]? weights, int node)
    {
        if (weights is null)
        {
            return tree.RowsOf(node).Length;
        }

        var sum = 0.0;
        foreach (var row in tree.RowsOf(node))
        {
            sum += weights[row];
        }

        return sum;
    }

    private static double Add(double x, double y)
    {
        var larger = Math.Max(x, y);
        return double.IsNegativeInfinity(larger) ? larger : larger + Math.Log(Math.Exp(x - larger) + Math.Exp(y - larger));
    }

    private static double Subtract(double x, double y) => x <= y ? double.NegativeInfinity : x + Math.Log(1 - Math.Exp(y - x));

    private double LogSum(ReadOnlySpan<double> row, Span<double> least, Span<double> open, Span<double> distances, Span<int> nodes)
    {
        var heap = new NodeHeap(distances, nodes);
        var depth = 0;
        var distance = Bound(row, 0, least, open);
        open[0] = Subtract(logSizes[0] + kernel(distance), least[0]);
        var (allLeast, allOpen) = (least[0], open[0]);
        if (isBreadthFirst)
        {
            heap.Push(distance, 0);
        }
        else
        {
            nodes[depth++] = 0;
        }

        while (heap.Count + depth > 0)
        {
            var node = isBreadthFirst ? heap.Pop() : nodes[--depth];
            if (logNorm + open[node] - logSizes[node] + logSizes[0] <= Add(logAbsolute, logRelative + logNorm + least[node]))
            {
                continue;
            }

            if (logNorm + allOpen <= Add(logAbsolute, logRelative + logNorm + allLeast))
            {
                break;
            }

            allLeast = Subtract(allLeast, least[node]);
            if (tree.IsLeaf(node))
            {
                allOpen = Subtract(allOpen, open[node]);
                allLeast = AddRows(row, node, allLeast);
                continue;
            }

            var (left, right) = ((2 * node) + 1, (2 * node) + 2);
            var (toLeft, toRight) = (Bound(row, left, least, open), Bound(row, right, least, open));
            allLeast = Add(Add(allLeast, least[left]), least[right]);
            allOpen = Add(Add(Subtract(allOpen, open[node]), open[left]), open[right]);
            if (isBreadthFirst)
            {
                heap.Push(toLeft, left);
                heap.Push(toRight, right);
            }
            else
            {
                nodes[depth++] = right;
                nodes[depth++] = left;
            }
        }

        return Add(allLeast, allOpen - Math.Log(2));
    }

    // What the node's rows add at least, and how much more they may add; breadth first, scikit-learn counts the most that they may add as open.
    private double Bound(ReadOnlySpan<double> row, int node, Span<double> least, Span<double> open)
    {
        var (nearest, farthest) = tree.Range(row, node);
        least[node] = logSizes[node] + kernel(farthest);
        var most = logSizes[node] + kernel(nearest);
        open[node] = isBreadthFirst ? most : Subtract(most, least[node]);
        return nearest;
    }

    private double AddRows(ReadOnlySpan<double> row, int node, double sum)
    {
        foreach (var other in tree.RowsOf(node))
        {
            var weight = weights is null ? 0 : Math.Log(weights[other]);
            sum = Add(sum, kernel(tree.Distance(row, other)) + weight);
        }

        return sum;
    }
}
