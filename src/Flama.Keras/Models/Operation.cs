using Flama.Keras.Graphs;
using Flama.Keras.Layers;
using Flama.Keras.Operations;

namespace Flama.Keras.Models;

/// <summary>An operation of <c>keras.ops</c> in a model's graph.</summary>
internal sealed class Operation : Layer
{
    private readonly OperationLowering lower;

    public Operation(LayerConfig config)
        : base(config) => lower = OperationCatalog.Find(config.ClassName) ?? throw KerasErrors.Unsupported(config.Name, $"is the operation keras.ops {config.ClassName}");

    /// <inheritdoc/>
    public override object Call(Lowering g, LayerCall call) => lower(g, new OperationCall(Name, call, Config));
}
