namespace Flama.Keras.TensorFlow.Before;

/// <summary>Rows of different lengths, and counts, computed before the graph.</summary>
internal static class HostRagged
{
    public static IReadOnlyDictionary<string, HostFunction> All { get; } = new Dictionary<string, HostFunction>(StringComparer.Ordinal)
    {
        ["RaggedTensorToTensor"] = ToTensor,
        ["RaggedBincount"] = (node, x) => [Count(node, x[1], x[2].Longs[0], x[3], RowsOf(x[0].Longs, x[1].Count), (int)x[0].Count - 1)],
        ["DenseBincount"] = (node, x) => [x[0].Rank < 2
            ? Count(node, x[0], x[1].Longs[0], x[2], new int[x[0].Count], 1).In(x[1].Longs[0])
            : Count(node, x[0], x[1].Longs[0], x[2], [.. Enumerable.Range(0, x[0].Count).Select(i => i / (int)Math.Max(1, x[0].Shape[1]))], (int)x[0].Shape[0])],
    };

    // The row of each value, by where rows begin.
    private static int[] RowsOf(long[] splits, int count)
    {
        var rows = new int[count];
        for (var row = 0; row + 1 < splits.Length; row++)
        {
            for (var i = splits[row]; i < splits[row + 1]; i++)
            {
                rows[i] = row;
            }
        }

        return rows;
    }

    private static HostTensor Count(GraphNode node, HostTensor values, long size, HostTensor weights, int[] rows, int rowCount)
    {
        var counts = new double[HostTensor.CountOf([rowCount, size])];
        var (numbers, shares) = (values.Longs, weights.Doubles);
        for (var i = 0; i < numbers.Length; i++)
        {
            if (numbers[i] < 0)
            {
                throw HostTensor.Invalid("a negative number is counted");
            }

            if (numbers[i] < size)
            {
                ref var count = ref counts[(rows[i] * size) + numbers[i]];
                count = node.Flag("binary_output") ? 1 : count + (shares.Length > 0 ? shares[i] : 1);
            }
        }

        return HostTensor.Of(weights.Type, counts, rowCount, size).To(weights.Type);
    }

    // Shape, values, filler, then what parts the values into rows.
    private static HostTensor[] ToTensor(GraphNode node, IReadOnlyList<HostTensor> x)
    {
        var kinds = node.Texts("row_partition_types");
        int[] rows;
        int rowCount;
        if (kinds is ["ROW_SPLITS"])
        {
            rows = RowsOf(x[3].Longs, (int)x[1].Shape[0]);
            rowCount = x[3].Count - 1;
        }
        else if (kinds is ["FIRST_DIM_SIZE", "VALUE_ROWIDS"])
        {
            rows = Array.ConvertAll(x[4].Longs, row => (int)row);
            rowCount = (int)x[3].Longs[0];
        }
        else
        {
            throw HostTensor.Invalid("rows of rows have different lengths");
        }

        var inner = x[1].Shape[1..];
        var run = HostTensor.CountOf(inner);
        var lengths = new long[rowCount];
        foreach (var row in rows)
        {
            lengths[row]++;
        }

        var wanted = x[0].Longs;
        var height = wanted.Length > 0 && wanted[0] >= 0 ? wanted[0] : rowCount;
        var width = wanted.Length > 1 && wanted[1] >= 0 ? wanted[1] : lengths.DefaultIfEmpty(0).Max();
        var all = HostTensor.Join([x[1].In(x[1].Count), HostShapes.BroadcastTo(x[2], inner).In(run)]);
        long[] shape = [height, width, .. inner];
        var places = new int[HostTensor.CountOf(shape)];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = x[1].Count + (i % run);
        }

        var next = new long[rowCount];
        for (var i = 0; i < rows.Length; i++)
        {
            var at = next[rows[i]]++;
            for (var j = 0; at < width && rows[i] < height && j < run; j++)
            {
                places[(((rows[i] * width) + at) * run) + j] = (i * run) + j;
            }
        }

        return [all.Pick(places, shape)];
    }
}
