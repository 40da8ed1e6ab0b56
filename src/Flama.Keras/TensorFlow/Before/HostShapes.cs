namespace Flama.Keras.TensorFlow.Before;

/// <summary>Shapes and parts of tensors, computed before the graph: elements are picked by their places.</summary>
internal static class HostShapes
{
    public static IReadOnlyDictionary<string, HostFunction> All { get; } = new Dictionary<string, HostFunction>(StringComparer.Ordinal)
    {
        ["Shape"] = (node, x) => [HostTensor.Of(TypeOf(node, "out_type", ElementType.Int32), x[0].Shape, x[0].Rank)],
        ["Size"] = (node, x) => [HostTensor.Of(TypeOf(node, "out_type", ElementType.Int32), [x[0].Count])],
        ["Rank"] = (_, x) => [HostTensor.Of(ElementType.Int32, [x[0].Rank])],
        ["Reshape"] = (_, x) => [x[0].In(Resolve(x[0], x[1].Longs))],
        ["ExpandDims"] = (_, x) => [Expand(x[0], x[1].Longs[0])],
        ["Squeeze"] = (node, x) => [Squeeze(x[0], node.Integers("squeeze_dims"))],
        ["Transpose"] = (_, x) => [Transpose(x[0], x[1].Longs)],
        ["Pack"] = (node, x) => [Pack(x, node.Integer("axis"))],
        ["Unpack"] = (node, x) => Unpack(x[0], node.Integer("axis")),
        ["ConcatV2"] = (_, x) => [Concat([.. x.SkipLast(1)], x[^1].Longs[0])],
        ["GatherV2"] = (node, x) => node.Integer("batch_dims") == 0 ? [Gather(x[0], x[1], x[2].Longs[0])] : throw HostTensor.Invalid("batch dimensions are gathered"),
        ["GatherNd"] = (_, x) => [GatherNd(x[0], x[1])],
        ["StridedSlice"] = (node, x) => [StridedSlice(node, x[0], x[1].Longs, x[2].Longs, x[3].Longs)],
        ["Slice"] = (_, x) => [Slice(x[0], x[1].Longs, x[2].Longs)],
        ["Tile"] = (_, x) => [Tile(x[0], x[1].Longs)],
        ["Fill"] = (_, x) => [x[1].Pick(new int[HostTensor.CountOf(x[0].Longs)], x[0].Longs)],
        ["BroadcastTo"] = (_, x) => [BroadcastTo(x[0], x[1].Longs)],
        ["ZerosLike"] = (_, x) => [x[0].IsText ? HostTensor.Of([.. Enumerable.Repeat("", x[0].Count)], x[0].Shape) : HostTensor.Of(x[0].Type, new double[x[0].Count], x[0].Shape).To(x[0].Type)],
        ["Where"] = (_, x) => [Where(x[0])],
        ["Unique"] = Unique,
    };

    /// <summary>A type by an attribute.</summary>
    public static ElementType TypeOf(GraphNode node, string name, ElementType otherwise) => node.Type(name) is { } type ? Flama.Onnx.Graphs.OnnxElementTypes.ToElementType(type) ?? otherwise : otherwise;

    /// <summary>As another type.</summary>
    public static HostTensor To(this HostTensor x, ElementType type) =>
        type is ElementType.Float32 or ElementType.Float64 or ElementType.Float16 ? HostTensor.Of(type, x.Doubles, x.Shape)
        : type == ElementType.Boolean ? HostTensor.Of([.. x.Doubles.Select(number => number != 0)], x.Shape)
        : type == ElementType.String ? x.IsText ? x : throw HostTensor.Invalid("numbers are not text")
        : HostTensor.Of(type, x.Longs, x.Shape);

    /// <summary>The shape that two have together.</summary>
    public static long[] Broadcast(long[] left, long[] right)
    {
        var shape = new long[Math.Max(left.Length, right.Length)];
        for (var i = 1; i <= shape.Length; i++)
        {
            var (a, b) = (i <= left.Length ? left[^i] : 1, i <= right.Length ? right[^i] : 1);
            shape[^i] = a == 1 ? b : b == 1 || a == b ? a : throw HostTensor.Invalid($"shapes [{string.Join(", ", left)}] and [{string.Join(", ", right)}] do not fit");
        }

        return shape;
    }

    /// <summary>A tensor in a larger shape.</summary>
    public static HostTensor BroadcastTo(HostTensor x, long[] shape)
    {
        if (x.Shape.AsSpan().SequenceEqual(shape))
        {
            return x;
        }

        var places = new int[HostTensor.CountOf(shape)];
        var strides = Strides(x.Shape);
        for (var i = 0; i < places.Length; i++)
        {
            long rest = i;
            long place = 0;
            for (var axis = shape.Length - 1; axis >= 0; axis--)
            {
                var own = axis - (shape.Length - x.Rank);
                if (own >= 0 && x.Shape[own] != 1)
                {
                    place += rest % shape[axis] * strides[own];
                }

                rest /= shape[axis];
            }

            places[i] = (int)place;
        }

        return x.Pick(places, shape);
    }

    /// <summary>Tensors along a dimension.</summary>
    public static HostTensor Concat(IReadOnlyList<HostTensor> parts, long axis)
    {
        var at = parts[0].Axis(axis);
        var all = HostTensor.Join(parts);
        var shape = (long[])parts[0].Shape.Clone();
        shape[at] = parts.Sum(part => part.Shape[at]);
        var outer = HostTensor.CountOf(shape[..at]);
        var inner = HostTensor.CountOf(shape[(at + 1)..]);
        List<int> places = [];
        for (var i = 0; i < outer; i++)
        {
            var start = 0;
            foreach (var part in parts)
            {
                var run = (int)part.Shape[at] * inner;
                places.AddRange(Enumerable.Range(start + (i * run), run));
                start += part.Count;
            }
        }

        return all.Pick([.. places], shape);
    }

    /// <summary>Parts of a dimension by numbers.</summary>
    public static HostTensor Gather(HostTensor x, HostTensor indices, long axis)
    {
        var at = x.Axis(axis);
        var length = (int)x.Shape[at];
        var outer = HostTensor.CountOf(x.Shape[..at]);
        var inner = HostTensor.CountOf(x.Shape[(at + 1)..]);
        long[] shape = [.. x.Shape[..at], .. indices.Shape, .. x.Shape[(at + 1)..]];
        HostTensor.CountOf(shape);
        List<int> places = [];
        for (var i = 0; i < outer; i++)
        {
            foreach (var index in indices.Longs)
            {
                places.AddRange(Enumerable.Range(((i * length) + (index >= 0 && index < length ? (int)index : throw HostTensor.Invalid($"{index} is not one of {length}"))) * inner, inner));
            }
        }

        return x.Pick([.. places], shape);
    }

    /// <summary>How far apart neighbours are along each dimension.</summary>
    public static long[] Strides(long[] shape)
    {
        var strides = new long[shape.Length];
        var stride = 1L;
        for (var i = shape.Length - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= shape[i];
        }

        return strides;
    }

    private static long[] Resolve(HostTensor x, long[] shape)
    {
        var open = Array.IndexOf(shape, -1);
        if (open < 0)
        {
            return shape;
        }

        var rest = HostTensor.CountOf([.. shape.Where((_, i) => i != open)]);
        var known = (long[])shape.Clone();
        known[open] = rest == 0 ? 0 : x.Count / rest;
        return known;
    }

    private static HostTensor Expand(HostTensor x, long axis)
    {
        var at = (int)(axis < 0 ? axis + x.Rank + 1 : axis);
        return at >= 0 && at <= x.Rank ? x.In([.. x.Shape[..at], 1, .. x.Shape[at..]]) : throw HostTensor.Invalid("a dimension is added where none can be");
    }

    private static HostTensor Squeeze(HostTensor x, long[] axes)
    {
        HashSet<int> at = axes.Length > 0 ? [.. axes.Select(x.Axis)] : [.. Enumerable.Range(0, x.Rank).Where(i => x.Shape[i] == 1)];
        return x.In([.. x.Shape.Where((_, i) => !at.Contains(i))]);
    }

    private static HostTensor Transpose(HostTensor x, long[] order)
    {
        long[] shape = [.. order.Select(axis => x.Shape[x.Axis(axis)])];
        var strides = Strides(x.Shape);
        return x.Pick(Places(shape, [.. order.Select(axis => strides[x.Axis(axis)])], 0), shape);
    }

    private static HostTensor Pack(IReadOnlyList<HostTensor> parts, long axis) => Concat([.. parts.Select(part => Expand(part, axis))], axis);

    private static HostTensor[] Unpack(HostTensor x, long axis)
    {
        var at = x.Axis(axis);
        return [.. Enumerable.Range(0, (int)x.Shape[at]).Select(i => Gather(x, HostTensor.Of(ElementType.Int64, [i]), at))];
    }

    private static HostTensor GatherNd(HostTensor x, HostTensor indices)
    {
        var depth = (int)indices.Shape[^1];
        var strides = Strides(x.Shape);
        var inner = HostTensor.CountOf(x.Shape[depth..]);
        var all = indices.Longs;
        long[] shape = [.. indices.Shape[..^1], .. x.Shape[depth..]];
        HostTensor.CountOf(shape);
        List<int> places = [];
        for (var i = 0; depth > 0 && i < all.Length; i += depth)
        {
            var place = 0L;
            for (var j = 0; j < depth; j++)
            {
                place += all[i + j] >= 0 && all[i + j] < x.Shape[j] ? all[i + j] * strides[j] : throw HostTensor.Invalid($"{all[i + j]} is not one of {x.Shape[j]}");
            }

            places.AddRange(Enumerable.Range((int)place, inner));
        }

        return x.Pick([.. places], shape);
    }

    private static HostTensor StridedSlice(GraphNode node, HostTensor x, long[] begins, long[] ends, long[] steps)
    {
        long Mask(string name) => node.Integer(name);
        var (beginMask, endMask, ellipsisMask, newMask, shrinkMask) = (Mask("begin_mask"), Mask("end_mask"), Mask("ellipsis_mask"), Mask("new_axis_mask"), Mask("shrink_axis_mask"));
        var strides = Strides(x.Shape);
        List<long> shape = [], moves = [];
        var start = 0L;
        var axis = 0;
        void Keep(int count)
        {
            for (; count > 0; count--, axis++)
            {
                shape.Add(x.Shape[axis]);
                moves.Add(strides[axis]);
            }
        }

        for (var i = 0; i < begins.Length; i++)
        {
            bool Has(long mask) => (mask >> i & 1) != 0;
            if (Has(ellipsisMask))
            {
                Keep(x.Rank - axis - Enumerable.Range(i + 1, begins.Length - i - 1).Count(j => (newMask >> j & 1) == 0));
            }
            else if (Has(newMask))
            {
                shape.Add(1);
                moves.Add(0);
            }
            else
            {
                var length = axis < x.Rank ? x.Shape[axis] : throw HostTensor.Invalid("a slice has more dimensions than its tensor");
                var (from, count) = Range(length, Has(beginMask) && !Has(shrinkMask) ? null : begins[i], Has(endMask) ? null : ends[i], Has(shrinkMask) ? 1 : steps[i]);
                start += from * strides[axis];
                if (Has(shrinkMask))
                {
                    _ = from >= 0 && from < length ? from : throw HostTensor.Invalid($"{begins[i]} is not one of {length}");
                }
                else
                {
                    shape.Add(count);
                    moves.Add(strides[axis] * steps[i]);
                }

                axis++;
            }
        }

        Keep(x.Rank - axis);
        return x.Pick(Places([.. shape], [.. moves], start), [.. shape]);
    }

    private static (long From, long Count) Range(long length, long? begin, long? end, long step)
    {
        if (step == 0)
        {
            throw HostTensor.Invalid("a slice has steps of 0");
        }

        var from = begin is { } first ? first < 0 ? first + length : first : step > 0 ? 0 : length - 1;
        from = Math.Clamp(from, step > 0 ? 0 : -1, step > 0 ? length : length - 1);
        var to = end is { } last ? last < 0 ? last + length : last : step > 0 ? length : -1;
        to = Math.Clamp(to, step > 0 ? 0 : -1, step > 0 ? length : length - 1);
        return (from, Math.Max(0, step > 0 ? (to - from + step - 1) / step : (from - to - step - 1) / -step));
    }

    private static int[] Places(long[] shape, long[] moves, long start)
    {
        var places = new int[HostTensor.CountOf(shape)];
        for (var i = 0; i < places.Length; i++)
        {
            long rest = i;
            var place = start;
            for (var axis = shape.Length - 1; axis >= 0; axis--)
            {
                place += rest % shape[axis] * moves[axis];
                rest /= shape[axis];
            }

            places[i] = (int)place;
        }

        return places;
    }

    private static HostTensor Slice(HostTensor x, long[] begins, long[] sizes)
    {
        if (begins.Length != x.Rank || sizes.Length != x.Rank)
        {
            throw HostTensor.Invalid("a slice has not the dimensions of its tensor");
        }

        var strides = Strides(x.Shape);
        long[] shape = [.. sizes.Select((size, i) => size < 0 ? x.Shape[i] - begins[i] : size)];
        var isInside = Enumerable.Range(0, x.Rank).All(i => begins[i] >= 0 && shape[i] >= 0 && begins[i] + shape[i] <= x.Shape[i]);
        return isInside ? x.Pick(Places(shape, strides, begins.Select((begin, i) => begin * strides[i]).Sum()), shape) : throw HostTensor.Invalid("a slice goes beyond its tensor");
    }

    private static HostTensor Tile(HostTensor x, long[] times)
    {
        HostTensor.CountOf([.. x.Shape.Select((length, axis) => checked(length * times[axis]))]);
        for (var axis = 0; axis < x.Rank; axis++)
        {
            x = times[axis] == 1 ? x : times[axis] == 0 ? x.Pick([], [.. x.Shape.Select((length, i) => i == axis ? 0 : length)]) : Concat([.. Enumerable.Repeat(x, (int)times[axis])], axis);
        }

        return x;
    }

    private static HostTensor Where(HostTensor x)
    {
        List<long> found = [];
        var strides = Strides(x.Shape);
        var truths = x.Doubles;
        var count = 0L;
        for (var i = 0; i < truths.Length; i++)
        {
            if (truths[i] != 0)
            {
                count++;
                for (var axis = 0; axis < x.Rank; axis++)
                {
                    found.Add(i / strides[axis] % x.Shape[axis]);
                }
            }
        }

        return HostTensor.Of(ElementType.Int64, [.. found], count, x.Rank);
    }

    private static HostTensor[] Unique(GraphNode node, IReadOnlyList<HostTensor> inputs)
    {
        var x = inputs[0];
        Dictionary<object, int> seen = [];
        List<int> places = [];
        var numbers = new long[x.Count];
        for (var i = 0; i < x.Count; i++)
        {
            object key = x.IsText ? x.Texts[i] : x.IsReal ? x.Doubles[i] : x.Longs[i];
            if (!seen.TryGetValue(key, out var number))
            {
                number = seen[key] = seen.Count;
                places.Add(i);
            }

            numbers[i] = number;
        }

        return [x.Pick([.. places], places.Count), HostTensor.Of(TypeOf(node, "out_idx", ElementType.Int32), numbers, x.Count)];
    }
}
