using Flama.Onnx.Graphs;

namespace Flama.Onnx.Signatures;

/// <summary>Shows graphs that were made from models of tables (skl2onnx, onnxmltools and others) as methods of rows. Immutable.</summary>
/// <remarks>
/// Such a graph has inputs of two dimensions, examples by columns, and operators of <c>ai.onnx.ml</c>. A label with probabilities becomes <c>predict</c> and <c>predict_proba</c>; one
/// other output is that of <c>predict</c>, in its own shape.
/// </remarks>
internal sealed class RowsView
{
    private const string LearningDomain = "ai.onnx.ml";

    private static readonly string[] TableProducers = ["skl2onnx", "OnnxMLTools", "onnxmltools", "CatBoost", "sklearn-onnx", "xgboost", "lightgbm"];

    private readonly TableColumns columns;
    private readonly OnnxSignature signature;
    private readonly ClassLabels? labels;

    private RowsView(TableColumns columns, OnnxSignature signature, ClassLabels? labels)
    {
        this.columns = columns;
        this.signature = signature;
        this.labels = labels;
        Classes = labels is null ? [] : [labels.Set];
    }

    /// <summary>The labels of a classifier's classes; empty for other models.</summary>
    public IReadOnlyList<LabelSet> Classes { get; }

    /// <summary>The view of a graph; null where it is not one of tables.</summary>
    public static RowsView? Of(OnnxProgram program, OnnxSignature signature)
    {
        var isTable = TableProducers.Contains(program.Producer, StringComparer.OrdinalIgnoreCase)
            || program.Graph!.Nodes.Any(node => string.Equals(node.Domain, LearningDomain, StringComparison.Ordinal));
        if (!isTable || TableColumns.Of(signature.Inputs) is not { } columns)
        {
            return null;
        }

        if (signature.Outputs is [var label, var scores] && IsLabel(label) && IsScores(scores) && ClassLabels.Find(program, label, scores) is { } labels)
        {
            return new(columns, signature, labels);
        }

        return signature.Outputs is [var first, ..] && (signature.Outputs.Count == 1 || IsLabel(first)) && IsRows(first) ? new(columns, signature, null) : null;
    }

    /// <summary>The method that answers all outputs by name, where a container asks for it (<see cref="ModelSource.PredictMethod"/>).</summary>
    public const string AllOutputs = "outputs";

    /// <summary>The methods, over a computation of the graph.</summary>
    /// <param name="compute">The computation.</param>
    /// <param name="hasAllOutputs">Whether <see cref="AllOutputs"/> is among them.</param>
    public IEnumerable<ModelMethod> MethodsOver(GraphComputation compute, bool hasAllOutputs)
    {
        var input = columns.Spec;
        if (hasAllOutputs)
        {
            yield return new TableMethod(
                AllOutputs,
                input,
                [.. signature.Outputs.Select(output => IsRows(output) ? RowArrays.SpecOf(output) with { Name = output.Name } : output)],
                (FeatureBatch rows, in InvokeOptions options) => All(compute, rows, options),
                OutputForm.Named);
        }

        if (labels is null)
        {
            yield return new TableMethod(
                ModelMethod.Predict, input, [RowArrays.SpecOf(signature.Outputs[0])], (FeatureBatch rows, in InvokeOptions options) => First(compute, rows, options));
            yield break;
        }

        yield return new TableMethod(
            ModelMethod.Predict,
            input,
            [OutputSpec.OfRows(PredictionKind.Label, null, labels.Set)],
            (FeatureBatch rows, in InvokeOptions options) => Labels(compute, rows, options));
        yield return new TableMethod(
            ModelMethod.PredictProba,
            input,
            [OutputSpec.OfRows(PredictionKind.Float, labels.Set.Count) with { Columns = labels.Set }],
            (FeatureBatch rows, in InvokeOptions options) => Probabilities(compute, rows, options));
    }

    private static bool IsLabel(OutputSpec output) =>
        output is { Structure: ArrayStructure.Tensor, Type: ElementType.Int64 or ElementType.String or ElementType.Int32, Shape: null or { Count: 1 or 2 } };

    private static bool IsScores(OutputSpec output) => output.Structure == ArrayStructure.Maps
        || output is { Structure: ArrayStructure.Tensor, Type: ElementType.Float32 or ElementType.Float64, Shape: null or { Count: 2 } };

    private static bool IsRows(OutputSpec output) => output is { Structure: ArrayStructure.Tensor, IsOptional: false, Shape: null or { Count: 1 or 2 } }
        && output.Type is not (ElementType.Mixed or ElementType.BFloat16 or ElementType.Float16);

    private ModelOutput First(GraphComputation compute, FeatureBatch rows, in InvokeOptions options)
    {
        var arrays = Run(compute, rows, options);
        try
        {
            return ModelOutput.Of(RowArrays.ToBatch((ModelTensor)arrays[0], rows.Rows));
        }
        finally
        {
            Dispose(arrays);
        }
    }

    private ModelOutput All(GraphComputation compute, FeatureBatch rows, in InvokeOptions options)
    {
        var arrays = Run(compute, rows, options);
        for (var i = 0; i < arrays.Length; i++)
        {
            if (IsRows(signature.Outputs[i]) && arrays[i] is ModelTensor tensor)
            {
                arrays[i] = RowArrays.ToBatch(tensor, rows.Rows);
                tensor.Dispose();
            }
        }

        return ModelOutput.Named([.. signature.Outputs.Select(output => output.Name)], arrays);
    }

    private ModelOutput Labels(GraphComputation compute, FeatureBatch rows, in InvokeOptions options)
    {
        var arrays = Run(compute, rows, options);
        try
        {
            return ModelOutput.Of(labels!.ToBatch((ModelTensor)arrays[0], rows.Rows));
        }
        finally
        {
            Dispose(arrays);
        }
    }

    private ModelOutput Probabilities(GraphComputation compute, FeatureBatch rows, in InvokeOptions options)
    {
        var arrays = Run(compute, rows, options);
        try
        {
            return ModelOutput.Of(labels!.ToProbabilities(arrays[1], rows.Rows));
        }
        finally
        {
            Dispose(arrays);
        }
    }

    private ModelArray[] Run(GraphComputation compute, FeatureBatch rows, in InvokeOptions options)
    {
        var inputs = columns.ToTensors(rows);
        try
        {
            return compute(inputs, options.CancellationToken);
        }
        finally
        {
            Dispose(inputs);
        }
    }

    private static void Dispose(ModelArray?[] arrays)
    {
        foreach (var array in arrays)
        {
            array?.Dispose();
        }
    }
}
