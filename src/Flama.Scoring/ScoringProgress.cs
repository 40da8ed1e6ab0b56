namespace Flama.Scoring;

/// <summary>How far a run is.</summary>
/// <param name="Rows">Rows read so far.</param>
/// <param name="Share">The share of the input that was read, 0 to 1; null where the length of the input is not known.</param>
public readonly record struct ScoringProgress(long Rows, double? Share);
