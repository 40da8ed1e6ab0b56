using Flama.Processing.Plans;

namespace Flama.Processing;

/// <summary>A model of tensors whose <c>predict</c> takes images or texts and answers what its processing makes; <c>infer</c> is the graph as it is.</summary>
internal sealed class ProcessedModel : Model
{
    private const string Infer = "infer";

    private readonly Model inner;

    /// <summary>Makes the model, which owns the inner one.</summary>
    public ProcessedModel(Model inner, ModelMethod graph, ProcessingPlan plan)
    {
        this.inner = inner;
        Methods =
        [
            ProcessedMethod.Of(graph, plan),
            new TensorMethod(Infer, (TensorsSpec)graph.Input, graph.Outputs, (TensorInputs inputs, in InvokeOptions options) => graph.Invoke(inputs, options), graph.OutputForm) { IsRowwise = graph.IsRowwise },
            .. inner.Methods.Where(method => !ReferenceEquals(method, graph) && method.Name != Infer),
        ];
    }

    /// <inheritdoc/>
    public override ModelMetadata Metadata => inner.Metadata;

    /// <inheritdoc/>
    public override IReadOnlyList<ModelMethod> Methods { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<LabelSet> Classes => inner.Classes;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Warnings => inner.Warnings;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        inner.Dispose();
        base.Dispose(disposing);
    }
}
