using Flama.Sklearn.Frames;

namespace Flama.Sklearn.CategoryEncoders;

/// <summary>Some of the columns that others give.</summary>
internal sealed class KeptColumns : FrameColumns
{
    private readonly FrameColumns all;
    private readonly int[] kept;

    private KeptColumns(FrameColumns all, int[] kept)
        : base([.. kept.Select(i => all.Names[i])])
    {
        this.all = all;
        this.kept = kept;
    }

    /// <summary>The columns without those of some names: the same where none is among them, null where all are.</summary>
    public static FrameColumns? Of(FrameColumns columns, HashSet<string> dropped)
    {
        int[] left = [.. Enumerable.Range(0, columns.Width).Where(i => !dropped.Contains(columns.Names[i]))];
        return left.Length == columns.Width ? columns : left.Length == 0 ? null : new KeptColumns(columns, left);
    }

    public override bool TakesMissing(bool downstream) => all.TakesMissing(downstream);

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream) => all.Describe(columns, downstream);

    public override void Apply(Estimator owner, FeatureBatch input, int row, OutputSlice output)
    {
        using var scratch = new Scratch(all.Width);
        all.Apply(owner, input, row, new OutputSlice(scratch.Span, all.Width));
        for (var i = 0; i < kept.Length; i++)
        {
            output[0, i] = scratch.Span[kept[i]];
        }
    }
}
