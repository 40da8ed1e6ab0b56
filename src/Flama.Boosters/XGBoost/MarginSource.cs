
namespace Flama.Boosters.XGBoost;

/// <summary>What computes the raw scores of a booster beyond its base score: trees or a linear model. Immutable and thread-safe.</summary>
internal abstract class MarginSource
{
    /// <summary>How many trees; 0 when there are none, and no leaves to name.</summary>
    public virtual int Trees => 0;

    /// <summary>Whether infinite numbers may come in.</summary>
    public virtual bool TakesInfinity => true;

    /// <summary>Adds to the scores of all rows.</summary>
    /// <param name="input">Numeric or sparse rows; what sparse rows leave out is missing.</param>
    /// <param name="scores">Row-major, float32 sums.</param>
    /// <param name="width">Scores a row.</param>
    public abstract void Add(FeatureBatch input, Span<float> scores, int width);

    /// <summary>Writes the numbers of the leaves that rows end in, one column per tree.</summary>
    public virtual void FindLeaves(FeatureBatch input, OutputSlice output) => throw new InvalidOperationException("There are no trees.");
}
