using Flama.Keras.Text;

namespace Flama.Keras.TensorFlow.Before;

/// <summary>Sparse tensors, places and values of what is not empty, computed before the graph.</summary>
internal static class HostSparse
{
    public static IReadOnlyDictionary<string, HostFunction> All { get; } = new Dictionary<string, HostFunction>(StringComparer.Ordinal)
    {
        ["SparseReshape"] = (_, x) => Reshape(x[0], x[1].Longs, x[2].Longs),
        ["SparseFillEmptyRows"] = (_, x) => FillEmptyRows(x[0], x[1], x[2].Longs, x[3]),
        ["SparseToDense"] = (_, x) => [ToDense(x[0], x[1].Longs, x[2], x[3])],
        ["SparseCross"] = Cross,
    };

    private static HostTensor[] Reshape(HostTensor indices, long[] shape, long[] wanted)
    {
        var all = HostTensor.CountOf(shape);
        var open = Array.IndexOf(wanted, -1);
        var target = (long[])wanted.Clone();
        if (open >= 0)
        {
            var rest = HostTensor.CountOf([.. wanted.Where((_, i) => i != open)]);
            target[open] = rest == 0 ? 0 : all / rest;
        }

        if (HostTensor.CountOf(target) != all || indices.Rank != 2)
        {
            throw HostTensor.Invalid("a sparse tensor is brought into a shape of another size");
        }

        var (from, to) = (HostShapes.Strides(shape), HostShapes.Strides(target));
        var given = indices.Longs;
        List<long> made = [];
        for (var i = 0; i < indices.Shape[0]; i++)
        {
            var place = 0L;
            for (var j = 0; j < shape.Length; j++)
            {
                place += given[(i * shape.Length) + j] * from[j];
            }

            for (var j = 0; j < target.Length; j++)
            {
                made.Add(place / to[j] % target[j]);
            }
        }

        return [HostTensor.Of(ElementType.Int64, [.. made], indices.Shape[0], target.Length), HostTensor.Of(ElementType.Int64, target, target.Length)];
    }

    private static HostTensor[] FillEmptyRows(HostTensor indices, HostTensor values, long[] shape, HostTensor otherwise)
    {
        var width = shape.Length;
        var given = indices.Longs;
        var rows = HostTensor.CountOf([shape[0]]);
        var members = new List<int>[rows];
        for (var i = 0; i < values.Count; i++)
        {
            var row = given[i * width] >= 0 && given[i * width] < rows ? (int)given[i * width] : throw HostTensor.Invalid("a sparse tensor has a row beyond its shape");
            (members[row] ??= []).Add(i);
        }

        // One value stands behind all others for rows that have none.
        var all = HostTensor.Join([values, otherwise.In(1)]);
        List<long> places = [];
        List<int> picked = [];
        var back = new long[values.Count];
        for (var row = 0; row < rows; row++)
        {
            if (members[row] is not { } own)
            {
                places.AddRange([row, .. new long[width - 1]]);
                picked.Add(values.Count);
                continue;
            }

            foreach (var i in own)
            {
                back[i] = picked.Count;
                places.AddRange(given.AsSpan(i * width, width));
                picked.Add(i);
            }
        }

        return
        [
            HostTensor.Of(ElementType.Int64, [.. places], picked.Count, width), all.Pick([.. picked], picked.Count), HostTensor.Of([.. members.Select(own => own is null)], rows),
            HostTensor.Of(ElementType.Int64, back, back.Length),
        ];
    }

    private static HostTensor ToDense(HostTensor indices, long[] shape, HostTensor values, HostTensor otherwise)
    {
        var all = HostTensor.Join([values.In(values.Count), otherwise.In(1)]);
        var places = new int[HostTensor.CountOf(shape)];
        Array.Fill(places, values.Count);
        var strides = HostShapes.Strides(shape);
        var given = indices.Longs;
        var width = shape.Length;
        for (var i = 0; i * width < given.Length; i++)
        {
            var place = 0L;
            for (var j = 0; j < width; j++)
            {
                place += given[(i * width) + j] >= 0 && given[(i * width) + j] < shape[j] ? given[(i * width) + j] * strides[j] : throw HostTensor.Invalid("a sparse tensor has a place beyond its shape");
            }

            places[place] = values.Count == 1 ? 0 : i;
        }

        return all.Pick(places, shape);
    }

    // Each combination of what the columns have in a row, by its hash.
    private static HostTensor[] Cross(GraphNode node, IReadOnlyList<HostTensor> x)
    {
        var sparse = (int)node.Integer("N");
        var bins = (ulong)node.Integer("num_buckets");
        var key = (ulong)node.Integer("hash_key");
        if (!node.Flag("hashed_output") || x.Count < 3 * sparse)
        {
            throw HostTensor.Invalid("words are crossed without a hash");
        }

        HostTensor[] dense = [.. x.Skip(3 * sparse)];
        var rows = (int)(sparse > 0 ? x[2 * sparse].Longs[0] : dense[0].Shape[0]);
        List<List<ulong>[]> columns = [];
        for (var i = 0; i < sparse; i++)
        {
            var column = NewRows(rows);
            var places = x[i].Longs;
            var width = (int)x[i].Shape[1];
            for (var j = 0; j < x[sparse + i].Count; j++)
            {
                column[places[j * width]].Add(PrintOf(x[sparse + i], j));
            }

            columns.Add(column);
        }

        foreach (var tensor in dense)
        {
            var column = NewRows(rows);
            var width = tensor.Count / Math.Max(1, rows);
            for (var j = 0; j < tensor.Count; j++)
            {
                column[j / width].Add(PrintOf(tensor, j));
            }

            columns.Add(column);
        }

        List<long> indices = [], values = [];
        var longest = 0L;
        for (var row = 0; row < rows; row++)
        {
            List<ulong> hashes = [key];
            foreach (var column in columns)
            {
                HostTensor.CountOf([hashes.Count, column[row].Count]);
                hashes = [.. hashes.SelectMany(hash => column[row].Select(next => HashSteps.Join(hash, next)))];
            }

            for (var j = 0; j < hashes.Count; j++)
            {
                indices.AddRange([row, j]);
                values.Add((long)(bins > 0 ? hashes[j] % bins : hashes[j] % long.MaxValue));
            }

            longest = Math.Max(longest, hashes.Count);
        }

        return [HostTensor.Of(ElementType.Int64, [.. indices], values.Count, 2), HostTensor.Of(ElementType.Int64, [.. values], values.Count), HostTensor.Of(ElementType.Int64, [rows, longest], 2)];
    }

    private static List<ulong>[] NewRows(int rows) => [.. Enumerable.Range(0, rows).Select(_ => new List<ulong>())];

    private static ulong PrintOf(HostTensor tensor, int i) => tensor.IsText ? FarmHash.Fingerprint(tensor.Texts[i]) : (ulong)tensor.Longs[i];
}
