using System.Text.Json;
using Flama.Keras.Graphs;
using Flama.Onnx;
using Flama.Onnx.Graphs;

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

    /// <summary>Other methods of the model by their names, each made when it comes up.</summary>
    public IEnumerable<(string Name, LoweredModel Lowered)> Others { get; init; } = [];

    /// <summary>Loads the graph.</summary>
    public Model Load(OnnxEngine engine, ModelSource source, LoadOptions options)
    {
        var program = ToProgram();
        var bytes = program.ToBytes();
        var described = source with
        {
            Metadata = source.Metadata ?? BareMetadata.Of(source, bytes, Framework, Version, ClassName, Describe),
        };
        List<KerasMethod> methods = [new(ModelMethod.Predict, engine.Load(program, described, options), this)];
        try
        {
            foreach (var (name, other) in Others)
            {
                options.CancellationToken.ThrowIfCancellationRequested();
                var own = other.ToProgram();
                if (!IsSame(own, other, bytes))
                {
                    methods.Add(new(name, engine.Load(own, described, options), other));
                }
            }

            return new KerasModel(methods);
        }
        catch
        {
            methods.ForEach(method => method.Dispose());
            throw;
        }
    }

    /// <summary>The graph alone, with the model's own names of outputs.</summary>
    /// <param name="name">The file, for messages.</param>
    /// <exception cref="FlamaException">Something happens before the graph.</exception>
    public OnnxProgram Export(string name)
    {
        if (Graph.Host.Steps.Count > 0)
        {
            throw new FlamaException(ErrorCodes.UnsupportedFormat, $"'{name}' works on texts or tables before its network, which a graph of ONNX does not hold.", "Serve the file itself.");
        }

        var program = ToProgram();
        OnnxExportExtensions.NameOutputs(program, [.. Outputs.Select(output => output.Name)]);
        return program;
    }

    // Keras exports one function under two names. What happens before a graph cannot be compared.
    private bool IsSame(OnnxProgram program, LoweredModel other, byte[] bytes) =>
        Graph.Host.Steps.Count == 0 && other.Graph.Host.Steps.Count == 0 && program.ToBytes().AsSpan().SequenceEqual(bytes);

    private OnnxProgram ToProgram()
    {
        Graph.Prune();
        return Graph.Builder.ToProgram(Opset);
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
