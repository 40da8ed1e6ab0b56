using Flama.Onnx.Graphs;

namespace Flama.Onnx.Tests;

/// <summary>Graphs with loops.</summary>
internal static class Loops
{
    /// <summary>A loop that ends when the first number of its input is below zero: which a round never changes.</summary>
    public static OnnxProgram UntilInputIsNegative()
    {
        var graph = new OnnxGraphBuilder();
        var x = graph.Input("x", OnnxElementType.Float32, 1);
        var body = graph.Inner();
        var round = body.Input("round", OnnxElementType.Int64);
        body.Input("goes_on", OnnxElementType.Boolean);
        var state = body.Input("state", OnnxElementType.Float32, 1);
        var zero = body.Constant<float>([0f]);
        body.Output("goes_on_out", body.Add("Squeeze", [body.Add("GreaterOrEqual", [x, zero])]), OnnxElementType.Boolean);
        body.Output("state_out", body.Add("Add", [state, body.Add("Cast", [round], OnnxAttribute.Of("to", (long)OnnxElementType.Float32))]), OnnxElementType.Float32, 1);
        graph.Output("y", graph.Add("Loop", ["", "", x], OnnxAttribute.Of("body", body.Graph)), OnnxElementType.Float32, 1);
        return graph.ToProgram(17);
    }

    /// <summary>A loop of a constant number of rounds that nothing ends earlier.</summary>
    public static OnnxProgram Rounds(long rounds)
    {
        var graph = new OnnxGraphBuilder();
        var x = graph.Input("x", OnnxElementType.Float32, 1);
        var body = graph.Inner();
        body.Input("round", OnnxElementType.Int64);
        var goesOn = body.Input("goes_on", OnnxElementType.Boolean);
        var state = body.Input("state", OnnxElementType.Float32, 1);
        body.Output("goes_on_out", goesOn, OnnxElementType.Boolean);
        body.Output("state_out", body.Add("Add", [state, state]), OnnxElementType.Float32, 1);
        var count = graph.Constant(OnnxTensor.Of<long>(graph.NewName("count"), [rounds], []));
        graph.Output("y", graph.Add("Loop", [count, "", x], OnnxAttribute.Of("body", body.Graph)), OnnxElementType.Float32, 1);
        return graph.ToProgram(17);
    }
}
