namespace Flama.Scoring;

/// <summary>What a run did.</summary>
/// <param name="Rows">All rows of the input.</param>
/// <param name="BadRows">The rows among them that the model does not take.</param>
public sealed record ScoringResult(long Rows, long BadRows);
