using Flama.Onnx.Graphs;

namespace Flama.Onnx;

/// <summary>An engine that lowers models of its formats to ONNX, and gives the graph away.</summary>
public interface IOnnxExporter
{
    /// <summary>Whether a model is of a format that this engine lowers.</summary>
    /// <param name="source">The model's bytes and what they are.</param>
    bool CanExport(ModelSource source);

    /// <summary>Writes what <c>predict</c> of a model computes as a graph of ONNX. Nothing of the file is run.</summary>
    /// <param name="source">The model's bytes and what they are.</param>
    /// <param name="options">The shapes of inputs, where the file does not tell them.</param>
    /// <returns>A new graph, with its weights.</returns>
    /// <exception cref="FlamaException">The model cannot be lowered, or needs more than a graph.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    OnnxProgram Export(ModelSource source, LoadOptions options);
}
