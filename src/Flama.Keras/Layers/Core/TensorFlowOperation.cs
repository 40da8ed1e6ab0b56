using Flama.Keras.Graphs;
using Flama.Keras.Operations;

namespace Flama.Keras.Layers.Core;

/// <summary>A function of TensorFlow that is called among layers of Keras 2.</summary>
internal sealed class TensorFlowOperation : Layer
{
    private readonly OperationLowering lower;

    public TensorFlowOperation(LayerConfig config)
        : base(config)
    {
        var function = config.Text("function") ?? (config.ClassName == "SlicingOpLambda" ? "__operators__.getitem" : throw config.Missing("function"));
        lower = TensorFlowCatalog.Find(function) ?? throw KerasErrors.Unsupported(config.Name, $"is the function tf.{function}");
    }

    public override object Call(Lowering g, LayerCall call) => lower(g, new OperationCall(Name, call, Config));
}
