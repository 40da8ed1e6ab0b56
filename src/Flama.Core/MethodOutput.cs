namespace Flama;

/// <summary>What a method answers for each row, as far as it is known before rows are seen.</summary>
/// <param name="Kind">What the values are.</param>
/// <param name="Columns">Values a row; null for a single value.</param>
public sealed record MethodOutput(PredictionKind Kind, int? Columns = null)
{
    /// <summary>The possible labels when <see cref="Kind"/> is <see cref="PredictionKind.Label"/>: one set for all columns or one a column; else empty.</summary>
    public IReadOnlyList<LabelSet> Labels { get; init; } = [];

    /// <summary>True where the answer is a list of arrays, one an output, rather than one array.</summary>
    public bool IsList { get; init; }
}
