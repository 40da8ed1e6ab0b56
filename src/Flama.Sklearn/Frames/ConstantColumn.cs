namespace Flama.Sklearn.Frames;

/// <summary>A column of one number.</summary>
/// <param name="name">Its name.</param>
/// <param name="value">The number.</param>
internal sealed class ConstantColumn(string name, double value) : FrameColumns([name])
{
    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
    }

    public override void Apply(Estimator owner, FeatureBatch input, int row, OutputSlice output) => output[0, 0] = value;
}
