namespace Flama.Processing.Outputs;

/// <summary>Finds the largest classes.</summary>
internal static class TopClasses
{
    /// <summary>The numbers of the largest classes along the last dimension, the largest first; of equal ones the lower number comes first, and NaN is the largest, as in torch.</summary>
    /// <param name="scores">The scores.</param>
    /// <param name="k">How many; at most as many as there are classes.</param>
    public static int[] Find(ScoreArray scores, int k)
    {
        var found = new int[scores.Rows * k];
        var queue = new PriorityQueue<int, (float Score, int Index)>(k + 1, LeastFirst);
        for (var row = 0; row < scores.Rows; row++)
        {
            var values = scores.Row(row);
            for (var i = 0; i < values.Length; i++)
            {
                if (queue.Count < k)
                {
                    queue.Enqueue(i, (values[i], i));
                }
                else
                {
                    queue.EnqueueDequeue(i, (values[i], i));
                }
            }

            for (var place = k - 1; place >= 0; place--)
            {
                found[(row * k) + place] = queue.Dequeue();
            }
        }

        return found;
    }

    private static Comparer<(float Score, int Index)> LeastFirst { get; } = Comparer<(float Score, int Index)>.Create((one, other) =>
    {
        var (isOne, isOther) = (float.IsNaN(one.Score), float.IsNaN(other.Score));
        var order = isOne || isOther ? isOne.CompareTo(isOther) : one.Score.CompareTo(other.Score);
        return order != 0 ? order : other.Index.CompareTo(one.Index);
    });
}
