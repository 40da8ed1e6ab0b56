using Flama.Sklearn.Neighbors;

namespace Flama.Sklearn.Tests.Neighbors;

public sealed class NodeHeapTests
{
    [Fact]
    public void Pop_AnyOrderOfPushes_GivesTheNearestFirst()
    {
        double[] distances = [3, 1, 4, 1.5, 0, 2.5, 6, 0.5];
        var heap = new NodeHeap(new double[distances.Length], new int[distances.Length]);
        for (var node = 0; node < distances.Length; node++)
        {
            heap.Push(distances[node], node);
        }

        var popped = new List<int>();
        while (heap.Count > 0)
        {
            popped.Add(heap.Pop());
        }

        Assert.Equal([4, 7, 1, 3, 5, 0, 2, 6], popped);
    }

    // The last one moves to the front and sinks past equals: scikit-learn's order, on which the last digits of densities depend.
    [Fact]
    public void Pop_EqualDistances_FollowsTheHeap()
    {
        var heap = new NodeHeap(new double[4], new int[4]);
        for (var node = 0; node < 4; node++)
        {
            heap.Push(0, node);
        }

        int[] popped = [heap.Pop(), heap.Pop(), heap.Pop(), heap.Pop()];

        Assert.Equal([0, 1, 3, 2], popped);
    }
}
