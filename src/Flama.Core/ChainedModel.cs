namespace Flama;

/// <summary>A model whose rows go through others first: steps that were saved apart.</summary>
/// <remarks>It has the methods of the last model, and takes what the first takes. Disposing it disposes all.</remarks>
internal sealed class ChainedModel : Model
{
    private const string Transform = "transform";
    private const string Back = "inverse_transform";

    private readonly Model[] steps;
    private readonly ModelMethod[] transforms;
    private readonly Model last;

    /// <summary>Puts models one after the other.</summary>
    /// <param name="steps">What rows go through, in order; they become this model's.</param>
    /// <param name="last">What answers; it becomes this model's.</param>
    /// <exception cref="FlamaException">A step cannot transform, or gives another number of columns than the next one takes.</exception>
    public ChainedModel(IReadOnlyList<Model> steps, Model last)
    {
        this.steps = [.. steps];
        this.last = last;
        transforms = [.. steps.Select(TransformOf)];
        for (var i = 0; i < transforms.Length; i++)
        {
            CheckFit(transforms[i], steps[i], i + 1 < steps.Count ? transforms[i + 1].Input : last.Methods is [var first, ..] ? first.Input : null, i + 1 < steps.Count ? steps[i + 1] : last);
        }

        var input = (TableSpec)transforms[0].Input;
        var isRowwise = Array.TrueForAll(transforms, static transform => transform.IsRowwise);
        Methods = [.. last.Methods.Where(method => method.Name != Back).Select(method => new TableMethod(
            method.Name, input, method.Outputs, (FeatureBatch rows, in InvokeOptions options) => Invoke(method, rows, options), method.OutputForm)
        {
            IsRowwise = isRowwise && method.IsRowwise,
        })];
    }

    /// <inheritdoc/>
    public override ModelMetadata Metadata => last.Metadata;

    /// <inheritdoc/>
    public override IReadOnlyList<ModelMethod> Methods { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<LabelSet> Classes => last.Classes;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Warnings => [.. steps.Append(last).SelectMany(model => model.Warnings)];

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        foreach (var model in steps.Append(last))
        {
            model.Dispose();
        }

        base.Dispose(disposing);
    }

    private static ModelMethod TransformOf(Model step) => step.FindMethod(Transform) is { Input: TableSpec, OutputForm: OutputForm.Single } method
        ? method
        : throw new FlamaException(
            ErrorCodes.InvalidModel, $"{step.Metadata.ModelClass} is to come before the model and cannot transform rows.", "Give a scaler, an encoder or another transformer.");

    private static void CheckFit(ModelMethod transform, Model step, InputSpec? next, Model nextModel)
    {
        if (next is TableSpec { HasKnownFeatures: true, RowForm: RowForm.Cells } table && transform.Outputs[0].Shape is [_, { Length: { } width }] && width != table.Features.Count)
        {
            throw new FlamaException(
                ErrorCodes.InvalidModel,
                $"{step.Metadata.ModelClass} gives {width} columns and {nextModel.Metadata.ModelClass} takes {table.Features.Count}.",
                "Check that the files belong together, and their order.");
        }
    }

    private ModelOutput Invoke(ModelMethod method, FeatureBatch rows, in InvokeOptions options)
    {
        FeatureBatch? current = null;
        try
        {
            foreach (var transform in transforms)
            {
                using var previous = current;
                current = null;
                using var output = transform.Invoke(previous ?? rows, options);
                current = RowsOf(output.Batch);
            }

            return method.Invoke(current!, options);
        }
        finally
        {
            current?.Dispose();
        }
    }

    private static FeatureBatch RowsOf(PredictionBatch answer)
    {
        var rows = FeatureBatch.Rent(answer.Rows, answer.Width, withTexts: answer.Kind == PredictionKind.Mixed);
        for (var row = 0; row < answer.Rows; row++)
        {
            for (var column = 0; column < answer.Width; column++)
            {
                var cell = answer.ValueAt(row, column);
                if (cell.Text is { } text)
                {
                    rows.SetText(row, column, text);
                }
                else
                {
                    rows.SetNumber(row, column, cell.Kind == ScalarKind.Null ? FeatureBatch.Null : cell.Number);
                }
            }
        }

        return rows;
    }
}
