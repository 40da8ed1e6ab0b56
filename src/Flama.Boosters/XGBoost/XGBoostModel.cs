using System.Globalization;

namespace Flama.Boosters.XGBoost;

/// <summary>A booster as its document has it: objective, base score, trees or weights, names of features. Immutable and thread-safe.</summary>
/// <remarks>
/// Scores are float32: the base score first, then the trees in their order. Source: xgboost 1.7.4; the forms of 0.90 to 3.4 are read.
/// </remarks>
internal sealed class XGBoostModel
{
    private readonly float[] baseMargins;
    private readonly MarginSource source;

    public XGBoostModel(XGBoostObjective objective, float[] baseMargins, MarginSource source, int features)
    {
        Objective = objective;
        this.baseMargins = baseMargins;
        this.source = source;
        Features = features;
    }

    public XGBoostObjective Objective { get; }

    /// <summary>How many columns it takes.</summary>
    public int Features { get; }

    /// <summary>Scores a row.</summary>
    public int Width => baseMargins.Length;

    /// <summary>How many trees count; 0 for a linear booster.</summary>
    public int Trees => source.Trees;

    /// <summary>The names of the columns; null when training had none.</summary>
    public IReadOnlyList<string>? FeatureNames { get; init; }

    /// <summary>The categories of each column that has some; null when the document holds none.</summary>
    public CategoryColumn?[]? Categories { get; init; }

    /// <summary>A cell value of each column that some split compares with; NaN when none does.</summary>
    public required float[] Examples { get; init; }

    /// <summary>The version that wrote it, for example <c>1.7.4</c>.</summary>
    public required string Version { get; init; }

    /// <summary>Whether infinite numbers may come in.</summary>
    public bool TakesInfinity => source.TakesInfinity;

    /// <summary>Computes the raw scores.</summary>
    /// <param name="input">Numeric or sparse rows.</param>
    /// <param name="scores">Row-major, <see cref="Width"/> a row.</param>
    public void Score(FeatureBatch input, Span<float> scores)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            baseMargins.CopyTo(scores[(row * Width)..]);
        }

        source.Add(input, scores, Width);
    }

    /// <summary>Writes the numbers of the leaves that rows end in, one column per tree.</summary>
    public void FindLeaves(FeatureBatch input, OutputSlice output) => source.FindLeaves(input, output);

    /// <summary>Writes a version as Python shows it.</summary>
    public static string VersionOf(int[] parts) => parts is [0, ..] ? "" : string.Join('.', parts.Select(part => part.ToString(CultureInfo.InvariantCulture)));
}
