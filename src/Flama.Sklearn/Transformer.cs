namespace Flama.Sklearn;

/// <summary>An estimator that turns columns into other columns.</summary>
internal abstract class Transformer(EstimatorState state) : Estimator(state)
{
    /// <inheritdoc/>
    public override IReadOnlyList<Method> Methods => [Method.Transform];

    /// <inheritdoc/>
    public override OutputShape Shape(Method method, FeatureBatch? input) =>
        new(GivesText(input) ? PredictionKind.Mixed : PredictionKind.Float, Width(input?.Columns ?? FeatureCount ?? 0));

    /// <summary>How many columns come out.</summary>
    /// <param name="columns">How many go in.</param>
    public virtual int Width(int columns) => columns;

    /// <summary>Whether strings can come out for rows like these; null asks before rows are seen.</summary>
    public virtual bool GivesText(FeatureBatch? input) => false;

    /// <summary>Computes the columns of all rows.</summary>
    protected abstract void Transform(FeatureBatch input, OutputSlice output);

    /// <inheritdoc/>
    protected override void Compute(Method method, FeatureBatch input, OutputSlice output)
    {
        if (method != Method.Transform)
        {
            throw NoSuchMethod(method);
        }

        Transform(input, output);
    }
}
