using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Resizing;

/// <summary>Interpolation that takes all cells under a filter as wide as the step: products with a matrix for each dimension.</summary>
internal static class Filters
{
    public static Tensor Resize(OperatorCall call, Tensor x, string kind, object[] size, double[]? scales, bool aligns)
    {
        var made = call.To(x, OperatorCall.Floating(x.Type));
        for (var i = 0; i < 2; i++)
        {
            var length = call.Caller.Whole(x.Shape[i + 2], "a length that is resized");
            var target = call.Caller.Whole(size[i], "a length that is resized to");
            var step = aligns ? (target > 1 ? (length - 1.0) / (target - 1) : 0) : scales is null ? (double)length / target : 1 / scales[i];
            var weights = call.Of(call.Graph.Constant<float>(Weights(call, kind, length, target, step), target, length), TorchType.Float, [target, length]);
            made = i == 0 ? call.Call("matmul", weights, made) : call.Call("matmul", made, call.Permute(weights, 1, 0));
        }

        return call.To(made, x.Type);
    }

    // A row for each cell of the result.
    private static float[] Weights(OperatorCall call, string kind, long length, long target, double step)
    {
        var rows = new float[call.Room(target, length)];
        var width = Math.Max(step, 1);
        var reach = width * (kind switch { "linear" => 1, "cubic" => 2, _ => 3 });
        for (var i = 0L; i < target; i++)
        {
            var centre = step * (i + 0.5);
            var first = Math.Max((long)(centre - reach + 0.5), 0);
            var last = Math.Min((long)(centre + reach + 0.5), length);
            var sum = 0.0;
            for (var j = first; j < last; j++)
            {
                sum += Filter(kind, (j - centre + 0.5) / width);
            }

            for (var j = first; j < last && sum != 0; j++)
            {
                rows[(i * length) + j] = (float)(Filter(kind, (j - centre + 0.5) / width) / sum);
            }
        }

        return rows;
    }

    private static double Filter(string kind, double x)
    {
        x = Math.Abs(x);
        return kind switch
        {
            "linear" => Math.Max(0, 1 - x),
            "cubic" => x < 1 ? (((1.5 * x) - 2.5) * x * x) + 1 : x < 2 ? ((((-0.5 * x) + 2.5) * x) - 4) * x + 2 : 0,
            _ => x < 3 ? Sinc(x) * Sinc(x / 3) : 0,
        };
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(Math.PI * x) / (Math.PI * x);
}
