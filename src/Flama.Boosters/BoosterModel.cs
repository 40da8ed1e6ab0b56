namespace Flama.Boosters;

/// <summary>A booster's own file as a model.</summary>
internal sealed class BoosterModel : Model
{
    private readonly BoosterPredictor predictor;

    /// <summary>Takes the booster.</summary>
    public BoosterModel(BoosterPredictor predictor, ModelMetadata metadata)
    {
        this.predictor = predictor;
        Metadata = metadata;
        var rows = predictor.Features == 0
            ? TableSpec.Unknown
            : new TableSpec([.. Enumerable.Range(0, predictor.Features).Select(column =>
                predictor.Describe(column) with { Name = predictor.FeatureNames?[column] })]);
        Classes = predictor is { Labels: { } labels } && predictor.Find(BoosterMethods.Predict) is { Kind: PredictionKind.Label } ? [labels] : [];
        Methods = [.. predictor.Answers.Select(answer => MethodOf(answer, rows))];
    }

    /// <inheritdoc/>
    public override ModelMetadata Metadata { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<LabelSet> Classes { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ModelMethod> Methods { get; }

    private TableMethod MethodOf(BoosterAnswer answer, TableSpec rows)
    {
        IReadOnlyList<LabelSet> labels = answer.Kind == PredictionKind.Label ? Classes : [];
        int[] rowShape = answer.Width is { } width ? [width] : [];
        var described = OutputSpec.OfRows(answer.Kind, answer.Width, labels) with
        {
            Columns = answer.Method == BoosterMethods.PredictProba && Classes.Count == 1 && Classes[0].Count == answer.Width ? Classes[0] : null,
        };

        // Made once: a call allocates nothing for it.
        RowComputation compute = (block, output) => Run(answer, block, output);
        return new(answer.Method, rows, [described], (FeatureBatch input, in InvokeOptions options) =>
        {
            InputCheck.CheckNames(predictor, input);
            return ModelOutput.Of(RowBlocks.Answer(answer.Kind, rowShape, labels, input, isRowwise: true, options, compute));
        })
        {
            IsRowwise = true,
        };
    }

    private void Run(BoosterAnswer answer, FeatureBatch input, OutputSlice output)
    {
        using var dense = input.Sparse is null || predictor.TakesSparse ? null : input.ToDense();
        using var numbers = InputCheck.Check(predictor, predictor.Features, answer.Input, dense ?? input);
        predictor.Compute(answer.Method, numbers ?? dense ?? input, output);
    }
}
