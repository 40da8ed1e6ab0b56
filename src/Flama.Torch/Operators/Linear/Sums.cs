using Flama.Onnx.Graphs;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Linear;

/// <summary>Sums of products by a formula.</summary>
internal static class Sums
{
    public static Tensor Einsum(OperatorCall call)
    {
        var tensors = call.Tensors("tensors");
        var equation = call.Text("equation").Replace(" ", "", StringComparison.Ordinal);
        var type = OperatorCall.Promote(tensors);
        var working = OperatorCall.Working(type);
        var shape = ShapeOf(call, equation, tensors);
        return call.Made(call.Node("Einsum", [.. tensors.Select(tensor => call.As(tensor, working))], OnnxAttribute.Of("equation", equation)), working, type, shape);
    }

    /// <summary>Sums over pairs of dimensions: a product of two matrices.</summary>
    public static Tensor TensorDot(OperatorCall call)
    {
        var (a, b) = (call.Tensor("self"), call.Tensor("other"));
        int[] first = [.. call.Ints("dims_self").Select(dim => call.Dim(dim, a.Rank))];
        int[] second = [.. call.Ints("dims_other").Select(dim => call.Dim(dim, b.Rank))];
        int[] keptFirst = [.. Enumerable.Range(0, a.Rank).Except(first)];
        int[] keptSecond = [.. Enumerable.Range(0, b.Rank).Except(second)];
        var inner = SymMath.Product(first.Select(axis => a.Shape[axis]));
        object[] rows = [.. keptFirst.Select(axis => a.Shape[axis])];
        object[] columns = [.. keptSecond.Select(axis => b.Shape[axis])];
        var left = call.Reshape(call.Permute(a, [.. keptFirst, .. first]), [SymMath.Product(rows), inner]);
        var right = call.Reshape(call.Permute(b, [.. second, .. keptSecond]), [inner, SymMath.Product(columns)]);
        return call.Reshape(call.Call("matmul", left, right), [.. rows, .. columns]);
    }

    private static object[] ShapeOf(OperatorCall call, string equation, IReadOnlyList<Tensor> tensors)
    {
        var arrow = equation.IndexOf("->", StringComparison.Ordinal);
        var operands = (arrow < 0 ? equation : equation[..arrow]).Split(',');
        Dictionary<char, object> lengths = [];
        object[] rest = [];
        for (var i = 0; i < operands.Length && i < tensors.Count; i++)
        {
            var named = operands[i].Replace("...", "", StringComparison.Ordinal);
            var dots = operands[i].IndexOf("...", StringComparison.Ordinal);
            var open = tensors[i].Rank - named.Length;
            var axis = 0;
            for (var c = 0; c < operands[i].Length; c++)
            {
                if (c == dots)
                {
                    rest = call.Broadcast(rest, tensors[i].Shape[axis..(axis + open)]);
                    axis += open;
                    c += 2;
                    continue;
                }

                var length = tensors[i].Shape[axis++];
                lengths[operands[i][c]] = lengths.TryGetValue(operands[i][c], out var known) && known is not 1L ? known : length;
            }
        }

        var all = string.Concat(operands);
        var result = arrow >= 0 ? equation[(arrow + 2)..]
            : (all.Contains("...", StringComparison.Ordinal) ? "..." : "") + string.Concat(lengths.Keys.Where(letter => all.Count(other => other == letter) == 1).Order());
        List<object> shape = [];
        for (var c = 0; c < result.Length; c++)
        {
            if (result[c] == '.')
            {
                shape.AddRange(rest);
                c += 2;
            }
            else
            {
                shape.Add(lengths[result[c]]);
            }
        }

        return [.. shape];
    }
}
