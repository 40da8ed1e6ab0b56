using System.Text;
using Flama.Onnx;
using Flama.Onnx.Graphs;

namespace Flama.Processing.Tests;

/// <summary>Graphs that tests make, and processed models of them.</summary>
internal static class Made
{
    public static readonly Dimension Batch = new(null, "batch");

    /// <summary>The graph that answers its input.</summary>
    public static byte[] Identity(OnnxElementType type, params IReadOnlyList<Dimension> shape)
    {
        OnnxGraphBuilder graph = new();
        graph.Output("y", graph.Add("Identity", [graph.Input("x", type, shape)]), type, shape);
        return graph.ToProgram(17).ToBytes();
    }

    /// <summary>The mean of each channel as the logits of three classes.</summary>
    public static byte[] MeanColors(Dimension batch, Dimension height, Dimension width)
    {
        OnnxGraphBuilder graph = new();
        var x = graph.Input("pixel_values", OnnxElementType.Float32, batch, 3, height, width);
        graph.Output("logits", graph.Add("ReduceMean", [x], OnnxAttribute.Of("axes", [2L, 3L]), OnnxAttribute.Of("keepdims", 0)), OnnxElementType.Float32, batch, 3);
        return graph.ToProgram(17).ToBytes();
    }

    public static ModelSource Source(byte[] graph, string processing, params IReadOnlyList<(string Name, string Text)> files) => new("made.onnx", ModelFormats.Onnx, ModelPayload.FromMemory(graph))
    {
        SideFiles = [.. files.Append(("processing.json", processing)).Select(file => new SideFile(file.Item1, ModelPayload.FromMemory(file.Item1.EndsWith(".model", StringComparison.Ordinal) ? Encoding.Latin1.GetBytes(file.Item2) : Encoding.UTF8.GetBytes(file.Item2))))],
    };

    public static Model Load(byte[] graph, string processing, params IReadOnlyList<(string Name, string Text)> files) =>
        new ModelEngines().AddOnnx().AddProcessing().Load(Source(graph, processing, files));

    /// <summary>The answer to an input in JSON, in JSON.</summary>
    public static string Answer(Model model, string input)
    {
        var method = model.GetMethod("predict");
        using var read = Json.InputReader.For(method.Input).ReadRequest(Encoding.UTF8.GetBytes($"{{\"input\": {input}}}"));
        using var output = method.Invoke(read);
        System.Buffers.ArrayBufferWriter<byte> text = new();
        using (System.Text.Json.Utf8JsonWriter writer = new(text))
        {
            Json.OutputWriter.Write(writer, output);
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }
}
