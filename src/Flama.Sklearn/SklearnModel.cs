namespace Flama.Sklearn;

/// <summary>A scikit-learn model: its outermost estimator, what it takes and what it can do.</summary>
internal sealed class SklearnModel : Model
{
    private readonly Estimator root;
    private readonly bool isRowwise;

    public SklearnModel(Estimator root, ModelMetadata metadata, IReadOnlyList<string> warnings)
    {
        this.root = root;
        isRowwise = root.IsRowwise;
        Metadata = metadata;
        Warnings = warnings;
        Classes = root.Has(Method.PredictProba) && root.Has(Method.Predict) ? root.Shape(Method.Predict, null).Labels : [];
        var rows = RowsOf(root);
        Methods = [.. root.Methods.Select(method => MethodOf(method, method == Method.InverseTransform ? OutputRowsOf(root) : rows))];
    }

    /// <inheritdoc/>
    public override ModelMetadata Metadata { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<LabelSet> Classes { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ModelMethod> Methods { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Warnings { get; }

    private TableMethod MethodOf(Method method, TableSpec rows)
    {
        var shape = root.Shape(method, null);
        var columns = method is Method.PredictProba or Method.PredictLogProba ? Classes : [];

        // Made once: a call allocates nothing for it.
        RowComputation compute = (block, output) => root.Run(method, block, output);
        return new(
            MethodNames.NameOf(method),
            rows,
            method is Method.Transform or Method.InverseTransform && shape.Parts.Count == 0 ? [TransformedBy(method, rows)] : shape.Describe(columns),
            (FeatureBatch input, in InvokeOptions options) => Invoke(method, input, options, compute),
            shape.Parts.Count > 0 ? OutputForm.List : OutputForm.Single)
        {
            IsRowwise = isRowwise,
        };
    }

    // What a transformer gives can depend on its rows: on whether strings come through, and on the width where it takes any.
    private OutputSpec TransformedBy(Method method, TableSpec rows)
    {
        var takesText = !rows.HasKnownFeatures || rows.Features.Any(feature => feature.Kind != FeatureKind.Number);
        if (rows is { HasKnownFeatures: true, RowForm: RowForm.Cells })
        {
            return Transformed(rows.Features.Count);
        }

        if (rows.RowForm != RowForm.Cells)
        {
            return root.Shape(method, null).Describe([])[0];
        }

        var one = Transformed(1);
        var two = Transformed(2);
        return one.Shape![^1] == two.Shape![^1] ? one : one with { Shape = [.. one.Shape.SkipLast(1), Dimension.Any] };

        OutputSpec Transformed(int columns)
        {
            using var sample = FeatureBatch.Rent(1, columns, takesText);
            return root.Shape(method, sample).Describe([])[0];
        }
    }

    private static TableSpec RowsOf(Estimator root)
    {
        if (root.RowForm == RowForm.Cells && root.FeatureCount is not > 0)
        {
            return TableSpec.Unknown;
        }

        var builders = new FeatureBuilder[root.FeatureCount ?? 1];
        for (var i = 0; i < builders.Length; i++)
        {
            builders[i] = new FeatureBuilder { Name = root.FeatureNames?.ElementAtOrDefault(i) };
        }

        // What a transformer hands out may be missing.
        root.Describe(builders, downstream: root.Has(Method.Transform));
        return new([.. builders.Select(builder => builder.Build())])
        {
            RowForm = root.RowForm,
            SelectsByName = root.SelectsByName,
        };
    }

    // The rows that a transformer gave out come in again.
    private static TableSpec OutputRowsOf(Estimator root)
    {
        if (root.ColumnsOf(Method.InverseTransform) is not { } columns)
        {
            return TableSpec.Unknown;
        }

        var rule = root.InputOf(Method.InverseTransform);
        return new([.. Enumerable.Repeat(
            new Feature(rule.TakesText ? FeatureKind.Any : FeatureKind.Number) { AllowsMissing = rule.TakesMissing, ParsesText = rule.ParsesText }, columns)]);
    }

    private ModelOutput Invoke(Method method, FeatureBatch rows, in InvokeOptions options, RowComputation compute)
    {
        // What goes back in has the names that came out, if any.
        using var arranged = method == Method.InverseTransform ? null : NamedColumns.Arrange(root, rows);
        var input = arranged ?? rows;
        var shape = root.Shape(method, input);
        var result = RowBlocks.Answer(
            shape.Kind, shape.IsFlat ? [] : shape.RowShape ?? [shape.Width], shape.Labels, input, isRowwise, options, compute);
        return shape.Parts.Count == 0 ? ModelOutput.Of(result) : Split(shape, result);
    }

    private static ModelOutput Split(OutputShape shape, PredictionBatch whole)
    {
        var parts = new PredictionBatch[shape.Parts.Count];
        var start = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            var part = shape.Parts[i];
            parts[i] = PredictionBatch.RentUninitialized(part.Kind, whole.Rows, part.IsFlat ? [] : [part.Width], part.Labels);
            var target = parts[i].WritableValues;
            for (var row = 0; row < whole.Rows; row++)
            {
                whole.Row(row).Slice(start, part.Width).CopyTo(target[(row * part.Width)..]);
            }

            start += part.Width;
        }

        whole.Dispose();
        return ModelOutput.List(parts);
    }
}
