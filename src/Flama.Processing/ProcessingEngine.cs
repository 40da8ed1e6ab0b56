using Flama.Processing.Plans;

namespace Flama.Processing;

/// <summary>Loads models of tensors that come with a document of processing, by the engine of their format, and lets them take images and texts as the document says.</summary>
/// <remarks>
/// The document is <c>extra.processing</c> of the metadata, the artifact <c>processing.json</c>, or a file beside the model that is called <c>NAME.processing.json</c> for <c>NAME.onnx</c>. What it
/// has is a fixed list of steps: nothing of it is run. Stateless and thread-safe.
/// </remarks>
public sealed class ProcessingEngine : IModelEngine
{
    private readonly Func<IReadOnlyList<IModelEngine>> engines;
    private readonly ProcessingOptions options;

    /// <summary>Makes the engine over others.</summary>
    /// <param name="engines">The engines of the formats: <c>new ProcessingEngine(new OnnxEngine())</c>.</param>
    public ProcessingEngine(params IReadOnlyList<IModelEngine> engines)
        : this(() => engines, ProcessingOptions.Default)
    {
        ArgumentNullException.ThrowIfNull(engines);
    }

    /// <summary>Makes the engine over those of a table, as they are when a model is loaded.</summary>
    internal ProcessingEngine(Func<IReadOnlyList<IModelEngine>> engines, ProcessingOptions options)
    {
        this.engines = engines;
        this.options = options;
    }

    /// <inheritdoc/>
    public string Name => "processing";

    /// <inheritdoc/>
    public bool CanLoad(ModelSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        return Find(source) is not null && PlanFile.Exists(source);
    }

    /// <inheritdoc/>
    public bool TakesInputShapes(ModelSource source) => Find(source)?.TakesInputShapes(source) == true;

    /// <inheritdoc/>
    public Model Load(ModelSource source, LoadOptions options)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(options);
        var plan = PlanFile.Read(source);
        var inner = (Find(source) ?? throw new ArgumentException($"No engine loads '{source.Name}'.", nameof(source))).Load(source, options);
        try
        {
            var graph = inner.FindMethod(ModelMethod.Predict);
            if (graph is { Input: TensorsSpec })
            {
                var steps = ProcessingPlan.Of(plan, source, graph, this.options);
                ProcessedModel model = new(inner, graph, steps);
                Try(model, steps, options.CancellationToken);
                return model;
            }

            throw new FlamaException(
                    ErrorCodes.InvalidProcessing, $"'{source.Name}' comes with processing of images or texts, and {inner.Metadata.ModelClass} takes no tensors.", "Take the processing out of its metadata.");
        }
        catch
        {
            inner.Dispose();
            throw;
        }
    }

    // How many classes there are shows in an answer only.
    private static void Try(ProcessedModel model, ProcessingPlan plan, CancellationToken cancellationToken)
    {
        if (!plan.Output.HasLabels || plan.Input is not { } input)
        {
            return;
        }

        using TensorInputs inputs = new(KeyValuePair.Create(input.Spec.Name, ModelTensor.SingleText(input.Sample)));
        try
        {
            model.Methods[0].Invoke(inputs, new InvokeOptions(cancellationToken)).Dispose();
        }
        catch (FlamaException failure) when (failure.Code != ErrorCodes.InvalidProcessing)
        {
            // The sample need not be what the model can compute.
        }
    }

    private IModelEngine? Find(ModelSource source) => engines().FirstOrDefault(engine => engine != this && engine.CanLoad(source));
}
