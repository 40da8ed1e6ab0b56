namespace Flama.Keras.TensorFlow.Before;

/// <summary>Numbers with numbers, computed before the graph.</summary>
internal static class HostNumbers
{
    public static IReadOnlyDictionary<string, HostFunction> All { get; } = Make();

    private static Dictionary<string, HostFunction> Make()
    {
        Dictionary<string, HostFunction> all = new(StringComparer.Ordinal)
        {
            ["Cast"] = (node, x) => [x[0].To(HostShapes.TypeOf(node, "DstT", x[0].Type))],
            ["Neg"] = (_, x) => [x[0].IsReal ? HostTensor.Of(x[0].Type, Array.ConvertAll(x[0].Doubles, number => -number), x[0].Shape) : HostTensor.Of(x[0].Type, Array.ConvertAll(x[0].Longs, number => -number), x[0].Shape)],
            ["LogicalNot"] = (_, x) => [HostTensor.Of([.. x[0].Longs.Select(truth => truth == 0)], x[0].Shape)],
            ["Equal"] = (_, x) => [Compare(x[0], x[1], order => order == 0)],
            ["NotEqual"] = (_, x) => [Compare(x[0], x[1], order => order != 0)],
            ["Less"] = (_, x) => [Compare(x[0], x[1], order => order < 0)],
            ["LessEqual"] = (_, x) => [Compare(x[0], x[1], order => order <= 0)],
            ["Greater"] = (_, x) => [Compare(x[0], x[1], order => order is > 0 and < 2)],
            ["GreaterEqual"] = (_, x) => [Compare(x[0], x[1], order => order is 0 or 1)],
            ["LogicalAnd"] = (_, x) => [Truths(x[0], x[1], (a, b) => a && b)],
            ["LogicalOr"] = (_, x) => [Truths(x[0], x[1], (a, b) => a || b)],
            ["Select"] = (_, x) => [Select(x[0].Rank == 1 && x[1].Rank > 1 ? x[0].In([x[0].Count, .. Enumerable.Repeat(1L, x[1].Rank - 1)]) : x[0], x[1], x[2])],
            ["SelectV2"] = (_, x) => [Select(x[0], x[1], x[2])],
            ["Range"] = (_, x) => [Range(x[0], x[1], x[2])],
            ["Cumsum"] = (node, x) => [Cumsum(node, x[0], x[1].Longs[0])],
            ["Bucketize"] = (node, x) => [Bucketize(node, x[0])],
        };
        foreach (var (name, whole, real) in new (string, Func<long, long, long>, Func<double, double, double>)[]
        {
            ("AddV2", (a, b) => a + b, (a, b) => a + b), ("Add", (a, b) => a + b, (a, b) => a + b), ("Sub", (a, b) => a - b, (a, b) => a - b), ("Mul", (a, b) => a * b, (a, b) => a * b),
            ("Maximum", Math.Max, Math.Max), ("Minimum", Math.Min, Math.Min), ("RealDiv", (a, b) => a / Divisor(b), (a, b) => a / b), ("FloorDiv", FloorDivide, (a, b) => Math.Floor(a / b)),
            ("FloorMod", (a, b) => a - (FloorDivide(a, b) * b), (a, b) => a - (Math.Floor(a / b) * b)),
        })
        {
            all[name] = (_, x) => [Binary(x[0], x[1], whole, real)];
        }

        foreach (var (name, whole, real) in new (string, Func<IEnumerable<long>, long>, Func<IEnumerable<double>, double>)[]
        {
            ("Sum", numbers => numbers.Sum(), numbers => numbers.Sum()), ("Prod", numbers => numbers.Aggregate(1L, (a, b) => a * b), numbers => numbers.Aggregate(1.0, (a, b) => a * b)),
            ("Max", numbers => numbers.DefaultIfEmpty(long.MinValue).Max(), numbers => numbers.DefaultIfEmpty(double.NegativeInfinity).Max()),
            ("Min", numbers => numbers.DefaultIfEmpty(long.MaxValue).Min(), numbers => numbers.DefaultIfEmpty(double.PositiveInfinity).Min()),
            ("Any", numbers => numbers.Any(truth => truth != 0) ? 1 : 0, _ => 0), ("All", numbers => numbers.All(truth => truth != 0) ? 1 : 0, _ => 0),
        })
        {
            all[name] = (node, x) => [Reduce(x[0], x[1].Longs, node.Flag("keep_dims"), whole, real)];
        }

        return all;
    }

    private static HostTensor Binary(HostTensor a, HostTensor b, Func<long, long, long> whole, Func<double, double, double> real)
    {
        var shape = HostShapes.Broadcast(a.Shape, b.Shape);
        (a, b) = (HostShapes.BroadcastTo(a, shape), HostShapes.BroadcastTo(b, shape));
        return a.IsReal ? HostTensor.Of(a.Type, [.. a.Doubles.Zip(b.Doubles, real)], shape) : HostTensor.Of(a.Type, [.. a.Longs.Zip(b.Longs, whole)], shape);
    }

    // What cannot be ordered, NaN, has the order 2.
    private static HostTensor Compare(HostTensor a, HostTensor b, Func<int, bool> holds)
    {
        var shape = HostShapes.Broadcast(a.Shape, b.Shape);
        (a, b) = (HostShapes.BroadcastTo(a, shape), HostShapes.BroadcastTo(b, shape));
        IEnumerable<int> orders = a.IsText ? a.Texts.Zip(b.Texts, (x, y) => Math.Sign(string.CompareOrdinal(x, y)))
            : a.IsReal ? a.Doubles.Zip(b.Doubles, (x, y) => double.IsNaN(x) || double.IsNaN(y) ? 2 : x.CompareTo(y))
            : a.Longs.Zip(b.Longs, (x, y) => x.CompareTo(y));
        return HostTensor.Of([.. orders.Select(holds)], shape);
    }

    private static HostTensor Truths(HostTensor a, HostTensor b, Func<bool, bool, bool> holds)
    {
        var shape = HostShapes.Broadcast(a.Shape, b.Shape);
        return HostTensor.Of([.. HostShapes.BroadcastTo(a, shape).Longs.Zip(HostShapes.BroadcastTo(b, shape).Longs, (x, y) => holds(x != 0, y != 0))], shape);
    }

    private static HostTensor Select(HostTensor condition, HostTensor yes, HostTensor no)
    {
        var shape = HostShapes.Broadcast(condition.Shape, HostShapes.Broadcast(yes.Shape, no.Shape));
        var both = HostTensor.Join([HostShapes.BroadcastTo(yes, shape), HostShapes.BroadcastTo(no, shape)]);
        var truths = HostShapes.BroadcastTo(condition, shape).Longs;
        return both.Pick([.. truths.Select((truth, i) => truth != 0 ? i : i + truths.Length)], shape);
    }

    private static HostTensor Reduce(HostTensor x, long[] axes, bool keeps, Func<IEnumerable<long>, long> whole, Func<IEnumerable<double>, double> real)
    {
        HashSet<int> at = [.. axes.Select(x.Axis)];
        int[] kept = [.. Enumerable.Range(0, x.Rank).Where(axis => !at.Contains(axis))];
        long[] outer = [.. kept.Select(axis => x.Shape[axis])];
        long[] inner = [.. at.Order().Select(axis => x.Shape[axis])];
        var turned = HostShapes.All["Transpose"](null!, [x, HostTensor.Of(ElementType.Int64, [.. kept.Concat(at.Order()).Select(axis => (long)axis)], x.Rank)])[0];
        var (count, run) = (HostTensor.CountOf(outer), HostTensor.CountOf(inner));
        long[] shape = keeps ? [.. x.Shape.Select((length, axis) => at.Contains(axis) ? 1 : length)] : outer;
        return x.IsReal
            ? HostTensor.Of(x.Type, [.. Enumerable.Range(0, count).Select(i => real(turned.Doubles.Skip(i * run).Take(run)))], shape)
            : HostTensor.Of(x.Type, [.. Enumerable.Range(0, count).Select(i => whole(turned.Longs.Skip(i * run).Take(run)))], shape);
    }

    private static HostTensor Range(HostTensor from, HostTensor to, HostTensor step)
    {
        var (start, end, by) = (from.Longs[0], to.Longs[0], step.Longs[0]);
        var count = by == 0 || from.IsReal ? throw HostTensor.Invalid("a range has no whole steps") : Math.Max(0, (end - start + by - Math.Sign(by)) / by);
        return HostTensor.Of(from.Type, [.. Enumerable.Range(0, HostTensor.CountOf([count])).Select(i => start + (i * by))], count);
    }

    private static HostTensor Cumsum(GraphNode node, HostTensor x, long axis)
    {
        if (node.Flag("exclusive") || node.Flag("reverse") || x.IsReal)
        {
            throw HostTensor.Invalid("a running sum is exclusive, backwards or of floating-point numbers");
        }

        var at = x.Axis(axis);
        var sums = (long[])x.Longs.Clone();
        var stride = HostShapes.Strides(x.Shape)[at];
        for (var i = 0; i < sums.Length; i++)
        {
            sums[i] += i / stride % x.Shape[at] > 0 ? sums[i - stride] : 0;
        }

        return HostTensor.Of(x.Type, sums, x.Shape);
    }

    private static HostTensor Bucketize(GraphNode node, HostTensor x)
    {
        var boundaries = node.Floats("boundaries");
        return HostTensor.Of(ElementType.Int32, [.. x.Doubles.Select(number => (long)boundaries.Count(boundary => (float)boundary <= (float)number))], x.Shape);
    }

    private static long Divisor(long number) => number != 0 ? number : throw HostTensor.Invalid("a division by 0");

    private static long FloorDivide(long a, long b)
    {
        var quotient = a / Divisor(b);
        return a % b != 0 && (a < 0) != (b < 0) ? quotient - 1 : quotient;
    }
}
