namespace Flama.AspNetCore.Predict;

/// <summary>What an answer of <c>predict</c> holds beside <c>output</c>.</summary>
[Flags]
internal enum PredictIncludes
{
    None = 0,
    Probabilities = 1,
    Classes = 2,
    Version = 4,
    Latency = 8,
    Cached = 16,
}
