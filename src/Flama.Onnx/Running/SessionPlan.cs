using Flama.Onnx.Checking;
using Flama.Onnx.Graphs;

namespace Flama.Onnx.Running;

/// <summary>How a model of some size is run. Immutable.</summary>
/// <param name="IsLarge">Whether it computes on the shared threads, with every optimisation, and can be cancelled as it runs.</param>
/// <param name="HasLoops">Whether it has to be watched.</param>
/// <param name="IsExact">Whether it multiplies quantized numbers, which is to be exact on every processor.</param>
internal sealed record SessionPlan(bool IsLarge, bool HasLoops, bool IsExact)
{
    // Multiplications of one example. Below, waking a second thread costs more than it saves: about a millisecond of work.
    private const double Large = 2_000_000;

    // What a picture has where the graph does not tell.
    private const long UsualSide = 64;

    /// <summary>The plan for a graph.</summary>
    public static SessionPlan Of(OnnxProgram program)
    {
        var weights = 0.0;
        var convolved = 0.0;
        var isQuantized = false;
        HashSet<string> kernels = new(StringComparer.Ordinal);
        foreach (var node in OnnxNodes.All(program))
        {
            isQuantized |= node.OperatorType.StartsWith("QLinear", StringComparison.Ordinal) || node.OperatorType.EndsWith("Integer", StringComparison.Ordinal)
                || node.OperatorType.Contains("quantizeLinear", StringComparison.OrdinalIgnoreCase) || node.OperatorType is "QGemm";
            if (node.OperatorType.Contains("Conv", StringComparison.Ordinal) && node.Inputs.Count > 1)
            {
                kernels.Add(node.Inputs[1]);
            }
        }

        foreach (var tensor in program.Graph!.Initializers)
        {
            var count = (double)(tensor.Count ?? 0);
            weights += count;
            convolved += kernels.Contains(tensor.Name) ? count : 0;
        }

        return new(weights + (convolved * PixelsOf(program.Graph)) > Large, LoopCheck.HasLoops(program), isQuantized);
    }

    private static double PixelsOf(OnnxGraph graph)
    {
        var pixels = 1.0;
        foreach (var input in graph.Inputs)
        {
            if (input.Type is OnnxType.Tensor { Shape: { Count: > 2 } shape })
            {
                pixels = Math.Max(pixels, shape.Skip(2).Aggregate(1.0, (product, side) => product * (side.Length ?? UsualSide)));
            }
        }

        // Pictures get smaller from layer to layer.
        return pixels / 4;
    }
}
