using Flama;

namespace FlamaWorker1;

/// <summary>What is wanted of the model: the label, and the probability of the label 1.</summary>
internal sealed record Answer(string Label, [property: Probability("1")] double Leaves);
