using System.Text.Json;
using Flama.Keras.Graphs;
using Flama.Onnx;

namespace Flama.Keras;

/// <summary>A model as a graph, with what happens before it.</summary>
/// <param name="Graph">The graph.</param>
/// <param name="Inputs">What the model takes.</param>
/// <param name="Outputs">What it answers; in the graph their names have <c> out</c> behind them.</param>
/// <param name="Framework">The library that wrote it.</param>
/// <param name="Version">The library's version.</param>
/// <param name="ClassName">The model's class.</param>
internal sealed record LoweredModel(Lowering Graph, IReadOnlyList<TensorSpec> Inputs, IReadOnlyList<OutputSpec> Outputs, string Framework, string Version, string ClassName)
{
    // The version of ONNX's operators that the graph is written in.
    private const long Opset = 20;

    /// <summary>Loads the graph.</summary>
    public Model Load(OnnxEngine engine, ModelSource source, LoadOptions options)
    {
        Graph.Prune();
        var program = Graph.Builder.ToProgram(Opset);
        var bytes = program.ToBytes();
        var described = source with
        {
            Metadata = source.Metadata ?? BareMetadata.Of(source, bytes, Framework, Version, ClassName, Describe),
        };
        return new KerasModel(engine.Load(program, described, options), this);
    }

    private void Describe(Utf8JsonWriter writer)
    {
        var graph = Graph.Builder.Graph;
        writer.WriteStartObject();
        writer.WriteNumber("nodes", graph.Nodes.Count);
        writer.WriteNumber("parameters", graph.Initializers.Sum(tensor => tensor.Count ?? 0));
        writer.WriteEndObject();
    }
}
