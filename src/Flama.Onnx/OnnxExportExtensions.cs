using Flama.Onnx.Graphs;

namespace Flama.Onnx;

/// <summary>Writes models of other formats as graphs of ONNX.</summary>
public static class OnnxExportExtensions
{
    /// <summary>Writes what <c>predict</c> of a model computes as a graph of ONNX, by the first engine of a table that lowers its format.</summary>
    /// <remarks><c>File.WriteAllBytes("model.onnx", engines.ExportOnnx(package.ReadModel()).ToBytes())</c></remarks>
    /// <param name="engines">The table, with <c>AddTorch</c>, <c>AddKeras</c>.</param>
    /// <param name="source">The model's bytes and what they are.</param>
    /// <param name="options">The shapes of inputs, where the file does not tell them; null for none.</param>
    /// <returns>A new graph, with its weights.</returns>
    /// <exception cref="FlamaException">
    /// No engine lowers the format (<see cref="ErrorCodes.UnsupportedFormat"/>), or the model cannot be lowered or needs more than a graph.
    /// </exception>
    /// <exception cref="OperationCanceledException"><see cref="LoadOptions.CancellationToken"/> was cancelled.</exception>
    public static OnnxProgram ExportOnnx(this ModelEngines engines, ModelSource source, LoadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(engines);
        ArgumentNullException.ThrowIfNull(source);
        options ??= LoadOptions.Default;
        var exporter = engines.Engines.OfType<IOnnxExporter>().FirstOrDefault(engine => engine.CanExport(source)) ?? throw new FlamaException(
            ErrorCodes.UnsupportedFormat,
            $"'{source.Name}' cannot be written as ONNX.",
            "Programs of PyTorch and models of Keras and TensorFlow can.");
        if (source.Before.Count > 0)
        {
            throw new FlamaException(ErrorCodes.UnsupportedFormat, $"'{source.Name}' has steps before its network, which a graph does not hold.", "Write the network alone.");
        }

        return exporter.Export(source, options.InputShapes.Count == 0 && source.InputShapes.Count > 0 ? options with { InputShapes = source.InputShapes } : options);
    }

    /// <summary>Gives the outputs of a graph other names; one that another value has stays as it is.</summary>
    internal static void NameOutputs(OnnxProgram program, IReadOnlyList<string> names)
    {
        var graph = program.Graph!;
        HashSet<string> taken = new(graph.Inputs.Select(input => input.Name).Concat(graph.Initializers.Select(constant => constant.Name)), StringComparer.Ordinal);
        taken.UnionWith(graph.Nodes.SelectMany(node => node.Outputs));
        for (var i = 0; i < names.Count; i++)
        {
            var (old, wanted) = (graph.Outputs[i].Name, names[i]);

            // An output that is an input or a constant, or that other nodes read, keeps its name: it is not the last node's alone.
            if (wanted.Length == 0 || !graph.Nodes.Any(node => node.Outputs.Contains(old, StringComparer.Ordinal)) || graph.Nodes.Any(node => node.Inputs.Contains(old, StringComparer.Ordinal)) || !taken.Add(wanted))
            {
                continue;
            }

            graph.Outputs[i] = graph.Outputs[i] with { Name = wanted };
            var last = Enumerable.Range(0, graph.Nodes.Count).Last(index => graph.Nodes[index].Outputs.Contains(old, StringComparer.Ordinal));
            graph.Nodes[last] = graph.Nodes[last] with { Outputs = [.. graph.Nodes[last].Outputs.Select(output => output == old ? wanted : output)] };
        }
    }
}
