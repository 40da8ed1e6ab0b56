namespace Flama.Sklearn.Frames;

/// <summary>One or several columns that come out of a transformer of data frames, side by side.</summary>
/// <param name="names">Their names.</param>
internal abstract class FrameColumns(IReadOnlyList<string> names)
{
    /// <summary>The columns' names.</summary>
    public IReadOnlyList<string> Names { get; } = names;

    /// <summary>How many columns.</summary>
    public int Width => Names.Count;

    /// <summary>Whether strings can come out for rows like these; null asks before rows are seen.</summary>
    public virtual bool GivesText(FeatureBatch? input) => false;

    /// <summary>Which column each one is, its missing cells perhaps filled; −1 for one that is not.</summary>
    public virtual IEnumerable<int> Origins => Enumerable.Repeat(-1, Width);

    /// <summary>Whether a missing cell may come in.</summary>
    public virtual bool TakesMissing(bool downstream) => downstream;

    /// <summary>Says what the source columns are used for.</summary>
    public abstract void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream);

    /// <summary>Computes one row's cells.</summary>
    /// <param name="owner">Whom errors name.</param>
    /// <param name="input">The rows.</param>
    /// <param name="row">Which one.</param>
    /// <param name="output">Where the cells go: one row of <see cref="Width"/> columns.</param>
    public abstract void Apply(Estimator owner, FeatureBatch input, int row, OutputSlice output);
}
