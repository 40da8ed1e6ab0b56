using Flama;

namespace FlamaApi1;

/// <summary>What is wanted of the model: the probability of the label 1.</summary>
internal sealed record Answer([property: Probability("1")] double Leaves);
