namespace Churn.Api;

/// <summary>What is expected to be lost.</summary>
/// <param name="Output">A number for each customer.</param>
internal sealed record Losses(double[] Output);
