namespace Flama.Sklearn;

/// <summary>An estimator that turns columns into other columns.</summary>
internal abstract class Transformer(EstimatorState state) : Estimator(state)
{
    /// <summary>From this many columns on, columns of mostly zeros are handed on as sparse rows; fewer are faster with their zeros.</summary>
    protected const int SparseWidth = 64;

    private static readonly Method[] OneWay = [Method.Transform];
    private static readonly Method[] BothWays = [Method.Transform, Method.InverseTransform];

    private OutputShape? lastShape;

    /// <inheritdoc/>
    public override IReadOnlyList<Method> Methods => HasInverse ? BothWays : OneWay;

    /// <summary>Whether there is <c>inverse_transform</c>.</summary>
    protected virtual bool HasInverse => false;

    /// <summary>What the numbers are that come out.</summary>
    protected virtual PredictionKind NumberKind => PredictionKind.Float;

    /// <inheritdoc/>
    public override InputRule InputOf(Method method) => method == Method.InverseTransform ? InputRule.FloatsOrMissing : Input;

    /// <inheritdoc/>
    public override int? ColumnsOf(Method method) =>
        method == Method.InverseTransform && FeatureCount is { } columns ? Width(columns) : FeatureCount;

    /// <inheritdoc/>
    public override OutputShape Shape(Method method, FeatureBatch? input)
    {
        if (method == Method.InverseTransform)
        {
            return OutputShape.Numbers(FeatureCount ?? input?.Columns ?? 0);
        }

        // Nearly always the same as for the rows before; any thread's shape serves every thread.
        var kind = GivesText(input) ? PredictionKind.Mixed : NumberKind;
        var width = Width(input?.Columns ?? FeatureCount ?? 0);
        var last = lastShape;
        return last is not null && last.Kind == kind && last.Width == width ? last : lastShape = new(kind, width);
    }

    /// <summary>How many columns come out.</summary>
    /// <param name="columns">How many go in.</param>
    public virtual int Width(int columns) => columns;

    /// <summary>Whether strings can come out for rows like these; null asks before rows are seen.</summary>
    public virtual bool GivesText(FeatureBatch? input) => false;

    /// <summary>Computes the columns of all rows.</summary>
    protected abstract void Transform(FeatureBatch input, OutputSlice output);

    /// <summary>Computes back what <see cref="Transform"/> was given.</summary>
    protected virtual void Invert(FeatureBatch input, OutputSlice output) => throw NoSuchMethod(Method.InverseTransform);

    /// <summary>Transforms the stored values of one sparse row in place, where zeros stay zeros (<see cref="Estimator.KeepsSparse"/>).</summary>
    /// <param name="columns">Where the values are.</param>
    /// <param name="values">The values.</param>
    protected virtual void TransformStored(ReadOnlySpan<int> columns, Span<double> values) => throw NoSuchMethod(Method.Transform);

    /// <inheritdoc/>
    protected override FeatureBatch ComputeSparse(FeatureBatch input)
    {
        var source = input.Sparse!;
        var rows = new SparseRows(source.Columns, source.Rows);
        for (var row = 0; row < source.Rows; row++)
        {
            var columns = source.ColumnsOf(row);
            var values = source.ValuesOf(row);
            for (var i = 0; i < columns.Length; i++)
            {
                rows.Add(columns[i], values[i]);
            }

            rows.EndRow();
            TransformStored(columns, rows.ValuesOf(row));
        }

        return FeatureBatch.OfSparse(rows, input.FirstRow);
    }

    /// <inheritdoc/>
    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        switch (method)
        {
            case Method.Transform when input.Sparse is not null && KeepsSparse:
                using (var sparse = ComputeSparse(input))
                {
                    output.Write(sparse.Sparse!);
                }

                break;
            case Method.Transform:
                Transform(input, output);
                break;
            case Method.InverseTransform when HasInverse:
                Invert(input, output);
                break;
            default:
                throw NoSuchMethod(method);
        }
    }
}
