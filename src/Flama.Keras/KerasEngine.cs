using Flama.Keras.Files;
using Flama.Keras.Models;
using Flama.Keras.TensorFlow;
using Flama.Onnx;
using Flama.Onnx.Graphs;

namespace Flama.Keras;

/// <summary>Loads models of Keras and TensorFlow: written in ONNX's operators at load, run by ONNX Runtime. Code that a file brings is never run.</summary>
/// <remarks>
/// <para>It takes <c>.keras</c> and <c>.h5</c> files of Keras 2 and 3, SavedModel directories and frozen graphs of TensorFlow.</para>
/// <para>Stateless and thread-safe.</para>
/// </remarks>
/// <param name="options">How the graphs are run; null for the defaults.</param>
public sealed class KerasEngine(OnnxOptions? options = null) : IModelEngine, IOnnxExporter
{
    private readonly OnnxEngine engine = new(options);

    /// <inheritdoc/>
    public string Name => "keras";

    /// <inheritdoc/>
    public bool CanLoad(ModelSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return source.Format == ModelFormats.Keras || source.Format == ModelFormats.KerasHdf5 || source.Format == ModelFormats.SavedModel || source.Format == ModelFormats.TensorFlowGraph;
    }

    /// <inheritdoc/>
    public Model Load(ModelSource source, LoadOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        options.CancellationToken.ThrowIfCancellationRequested();
        var lowered = Lower(source);
        options.CancellationToken.ThrowIfCancellationRequested();
        return lowered.Load(engine, source, options);
    }

    /// <inheritdoc/>
    public bool CanExport(ModelSource source) => CanLoad(source);

    /// <inheritdoc/>
    public OnnxProgram Export(ModelSource source, LoadOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        options.CancellationToken.ThrowIfCancellationRequested();
        return Lower(source).Export(source.Name);
    }

    private static LoweredModel Lower(ModelSource source) => KerasErrors.Guard(source.Name, () =>
        source.Format == ModelFormats.SavedModel ? SavedModelLowering.LowerSaved(source)
        : source.Format == ModelFormats.TensorFlowGraph ? SavedModelLowering.LowerGraph(source)
        : ModelLowering.Lower(source.Format == ModelFormats.Keras ? KerasArchive.Read(source) : KerasHdf5.Read(source)));
}
