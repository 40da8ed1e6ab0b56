using Flama.Onnx.Graphs;

namespace Flama.Onnx.Tests;

/// <summary>Graphs that tests make, and models of them.</summary>
internal static class Made
{
    public static readonly Dimension Batch = new(null, "batch");

    /// <summary><c>y = relu(x·w + b)</c>, three columns in and two out, large enough for any width.</summary>
    public static OnnxProgram Dense(int inputs = 3, int outputs = 2)
    {
        var graph = new OnnxGraphBuilder();
        var x = graph.Input("x", OnnxElementType.Float32, Batch, inputs);
        var w = graph.Constant<float>([.. Enumerable.Range(0, inputs * outputs).Select(i => ((i % 7) - 3) / 4f)], inputs, outputs);
        var b = graph.Constant<float>([.. Enumerable.Range(0, outputs).Select(i => i / 2f)], outputs);
        graph.Output("y", graph.Add("Relu", [graph.Add("Add", [graph.Add("MatMul", [x, w]), b])]), OnnxElementType.Float32, Batch, outputs);
        return graph.ToProgram(17);
    }

    /// <summary>One input that goes through nodes; the last one's result is the output.</summary>
    public static OnnxProgram Through(OnnxElementType type, Func<OnnxGraphBuilder, string, string> nodes, OnnxElementType? output = null)
    {
        var graph = new OnnxGraphBuilder();
        var x = graph.Input("x", type, Batch, 2);
        graph.Output("y", nodes(graph, x), output ?? type, null);
        return graph.ToProgram(17);
    }

    public static ModelSource Source(OnnxProgram program, params IReadOnlyList<SideFile> files) => Source(program.ToBytes(), files);

    public static ModelSource Source(byte[] bytes, params IReadOnlyList<SideFile> files) => new("model.onnx", ModelFormats.Onnx, ModelPayload.FromMemory(bytes)) { SideFiles = files };

    public static Model Load(OnnxProgram program, OnnxOptions? options = null) => new OnnxEngine(options).Load(Source(program), LoadOptions.Default);

    public static Model Load(ModelSource source) => new OnnxEngine().Load(source, LoadOptions.Default);

    public static TensorInputs Inputs(string name, ModelTensor tensor) => new(new KeyValuePair<string, ModelTensor>(name, tensor));
}
