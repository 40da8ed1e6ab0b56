using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Creation;

/// <summary>Numbers in a row.</summary>
internal static class Ranges
{
    public static Tensor Arange(OperatorCall call, object start, object end, object step)
    {
        var isFloating = IsFloating(start) || IsFloating(end) || IsFloating(step);
        var type = call.Type("dtype") ?? (isFloating ? TorchType.Float : TorchType.Int64);
        var length = isFloating
            ? SymMath.Apply("ceil", SymMath.Apply("truediv", SymMath.Apply("sub", end, start), step))
            : SymMath.FloorDiv(SymMath.Add(SymMath.Sub(end, start), SymMath.Add(step, -1L)), step);
        if (step is long and < 0)
        {
            length = SymMath.FloorDiv(SymMath.Add(SymMath.Sub(start, end), -(long)step - 1), -(long)step);
        }

        length = length is long known ? Math.Max(0, known) : length;
        var working = isFloating ? TorchType.Double : TorchType.Int64;
        var row = call.Of(call.Node("Range", [call.Graph.Number(start, working), call.Graph.Number(end, working), call.Graph.Number(step, working)]), working, [length]);
        return call.To(row, type);
    }

    /// <summary>Computed from both ends, as torch does.</summary>
    public static Tensor Linspace(OperatorCall call)
    {
        var (start, end, steps) = (call.Double("start"), call.Double("end"), call.Int("steps"));
        var type = call.Type("dtype") ?? TorchType.Float;
        var step = steps > 1 ? (end - start) / (steps - 1) : 0;
        var numbers = new double[call.Room(steps)];
        for (var i = 0L; i < steps; i++)
        {
            numbers[i] = i < steps / 2 ? start + (step * i) : end - (step * (steps - 1 - i));
        }

        if (steps == 1)
        {
            numbers[0] = start;
        }

        return call.To(call.Of(call.Graph.Constant<double>(numbers, steps), TorchType.Double, [steps]), type);
    }

    public static Tensor Eye(OperatorCall call, object rows, object columns)
    {
        var row = call.Unsqueeze(Row(call, rows), 1);
        return call.To(call.Call("eq", row, call.Unsqueeze(Row(call, columns), 0)), call.Type("dtype") ?? TorchType.Float);
    }

    /// <summary>The places of a triangle of a matrix, row by row.</summary>
    public static Tensor Triangle(OperatorCall call, bool isLower)
    {
        var (rows, columns, offset) = (call.Int("row"), call.Int("col"), call.Int("offset"));
        call.Room(rows, columns);
        List<long> first = [];
        List<long> second = [];
        for (var i = 0L; i < rows; i++)
        {
            for (var j = 0L; j < columns; j++)
            {
                if (isLower ? j <= i + offset : j >= i + offset)
                {
                    first.Add(i);
                    second.Add(j);
                }
            }
        }

        long[] places = [.. first, .. second];
        return call.Of(call.Graph.Constant<long>(places, 2, first.Count), TorchType.Int64, [2L, (long)first.Count]);
    }

    private static Tensor Row(OperatorCall call, object length) => call.Call("arange", length);

    private static bool IsFloating(object number) => Sym.KindOf(number) == typeof(double);
}
