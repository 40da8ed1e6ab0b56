namespace Flama.Sklearn;

/// <summary>A scikit-learn model: its outermost estimator, what it takes and what it can do.</summary>
internal sealed class SklearnModel : Model
{
    // Intermediate results of a block stay in the second-level cache; below it, cutting costs more than it saves.
    private const int RowBlock = 256;

    // A gigabyte; a hashing vectorizer answers a million columns a row.
    private const long MaxCells = 1L << 27;

    private readonly Estimator root;

    public SklearnModel(Estimator root, ModelMetadata metadata, IReadOnlyList<string> warnings)
    {
        this.root = root;
        Metadata = metadata;
        Warnings = warnings;
        Signature = SignatureOf(root);
        Methods = [.. root.Methods.Select(method => new ModelMethod(
            MethodNames.NameOf(method),
            root.Shape(method, null).Describe(),
            (input, degree) => Invoke(method, input, degree))
        {
            Signature = method == Method.InverseTransform ? InverseSignature(root) : null,
        })];
    }

    /// <inheritdoc/>
    public override ModelMetadata Metadata { get; }

    /// <inheritdoc/>
    public override ModelSignature Signature { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<ModelMethod> Methods { get; }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Warnings { get; }

    private static ModelSignature SignatureOf(Estimator root)
    {
        var classes = root.Has(Method.PredictProba) && root.Has(Method.Predict) ? root.Shape(Method.Predict, null).Labels : [];
        if (root.RowForm == RowForm.Cells && root.FeatureCount is not > 0)
        {
            return ModelSignature.Unknown with { Classes = classes };
        }

        var builders = new FeatureBuilder[root.FeatureCount ?? 1];
        for (var i = 0; i < builders.Length; i++)
        {
            builders[i] = new FeatureBuilder { Name = root.FeatureNames?.ElementAtOrDefault(i) };
        }

        root.Describe(builders, downstream: false);
        return new([.. builders.Select(builder => builder.Build())])
        {
            RowForm = root.RowForm,
            SelectsByName = root.SelectsByName,
            Classes = classes,
        };
    }

    // The rows that a transformer gave out come in again.
    private static ModelSignature InverseSignature(Estimator root)
    {
        if (root.ColumnsOf(Method.InverseTransform) is not { } columns)
        {
            return ModelSignature.Unknown;
        }

        var rule = root.InputOf(Method.InverseTransform);
        return new([.. Enumerable.Repeat(
            new Feature(rule.TakesText ? FeatureKind.Any : FeatureKind.Number) { AllowsMissing = rule.TakesMissing, ParsesText = rule.ParsesText }, columns)]);
    }

    private PredictionBatch Invoke(Method method, FeatureBatch rows, int degree)
    {
        // What goes back in has the names that came out, if any.
        using var arranged = method == Method.InverseTransform ? null : NamedColumns.Arrange(root, rows);
        var input = arranged ?? rows;
        var shape = root.Shape(method, input);
        if ((long)input.Rows * shape.Width > MaxCells)
        {
            throw new FlamaException(
                ErrorCodes.InputTooLarge, $"{input.Rows} rows of {shape.Width} columns each are more than an answer can hold.", "Send fewer rows at a time.");
        }

        var result = PredictionBatch.Rent(shape.Kind, input.Rows, shape.IsFlat ? [] : shape.RowShape ?? [shape.Width], shape.Labels);
        try
        {
            Run(method, input, result, degree);
            return shape.Parts.Count == 0 ? result : Split(shape, result);
        }
        catch (Exception exception) when (exception is IndexOutOfRangeException or ArgumentException or OverflowException)
        {
            // What the checks at load did not see: the file's parts do not fit each other.
            result.Dispose();
            throw new FlamaException(
                ErrorCodes.InvalidModel,
                $"{root.Name}.{MethodNames.NameOf(method)} cannot be computed: the model contradicts itself.",
                "Save the model again.",
                exception);
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    private void Run(Method method, FeatureBatch input, PredictionBatch result, int degree)
    {
        if (input.Rows <= RowBlock || !root.IsRowwise)
        {
            root.Run(method, input, new OutputSlice(result));
            return;
        }

        var blocks = (input.Rows + RowBlock - 1) / RowBlock;
        if (degree == 1)
        {
            for (var block = 0; block < blocks; block++)
            {
                RunBlock(method, input, result, block);
            }

            return;
        }

        try
        {
            Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = degree }, block => RunBlock(method, input, result, block));
        }
        catch (AggregateException exception)
        {
            // The first bad row is told, whichever thread met it first.
            throw exception.InnerExceptions.OfType<FlamaException>()
                .OrderBy(inner => inner.Problems.Count > 0 ? inner.Problems[0].Row ?? 0 : 0)
                .FirstOrDefault() ?? exception.InnerExceptions[0];
        }
    }

    private void RunBlock(Method method, FeatureBatch input, PredictionBatch result, int block)
    {
        var first = block * RowBlock;
        var count = Math.Min(RowBlock, input.Rows - first);
        root.Run(method, input.Slice(first, count), new OutputSlice(result).SliceRows(first, count));
    }

    private static PredictionBatch Split(OutputShape shape, PredictionBatch whole)
    {
        var parts = new PredictionBatch[shape.Parts.Count];
        var start = 0;
        for (var i = 0; i < parts.Length; i++)
        {
            var part = shape.Parts[i];
            parts[i] = PredictionBatch.Rent(part.Kind, whole.Rows, part.IsFlat ? [] : [part.Width], part.Labels);
            for (var row = 0; row < whole.Rows; row++)
            {
                whole.Row(row).Slice(start, part.Width).CopyTo(parts[i].Row(row));
            }

            start += part.Width;
        }

        whole.Dispose();
        return PredictionBatch.Of(parts);
    }
}
