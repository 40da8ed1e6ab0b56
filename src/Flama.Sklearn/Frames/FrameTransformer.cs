namespace Flama.Sklearn.Frames;

/// <summary>A transformer of data frames: every column that comes out is one that went in, passed on or changed, or one made of some.</summary>
internal abstract class FrameTransformer : Transformer
{
    private readonly FrameColumns[] outputs = [];
    private readonly int width;

    protected FrameTransformer(EstimatorState state)
        : base(state)
    {
        Labels = FrameLabels.Read(state);
        FeatureCount = Labels.Count;
        FeatureNames = Labels.Names;
    }

    /// <inheritdoc/>
    public override InputRule Input => InputRule.Anything;

    /// <summary>The labels of training's columns.</summary>
    protected FrameLabels Labels { get; }

    /// <summary>What comes out, in order.</summary>
    protected IReadOnlyList<FrameColumns> Outputs
    {
        get => outputs;
        init
        {
            outputs = [.. value];
            width = value.Sum(output => output.Width);
        }
    }

    /// <inheritdoc/>
    public override int Width(int columns) => width;

    /// <inheritdoc/>
    public override bool GivesText(FeatureBatch? input) => Array.Exists(outputs, output => output.GivesText(input));

    /// <inheritdoc/>
    public override IReadOnlyList<int>? OriginsOf(int columns) => [.. outputs.SelectMany(output => output.Origins)];

    // Which of its columns a missing value will be in is only known when it comes; the column then checks.
    /// <inheritdoc/>
    public override bool TakesMissing(bool downstream) => Array.Exists(outputs, output => output.TakesMissing(downstream));

    /// <inheritdoc/>
    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        foreach (var output in outputs)
        {
            output.Describe(columns, downstream);
        }
    }

    /// <inheritdoc/>
    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        var start = 0;
        foreach (var columns in outputs)
        {
            var target = output.Slice(start, columns.Width);
            for (var row = 0; row < input.Rows; row++)
            {
                columns.Apply(this, input, row, target.SliceRows(row, 1));
            }

            start += columns.Width;
        }
    }
}
