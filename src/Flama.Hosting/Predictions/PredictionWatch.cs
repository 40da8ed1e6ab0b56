namespace Flama.Hosting.Predictions;

/// <summary>Whether requests are recorded, and logged. An application without it records nothing.</summary>
/// <param name="Log">The log; null for none.</param>
internal sealed record PredictionWatch(PredictionLog? Log);
