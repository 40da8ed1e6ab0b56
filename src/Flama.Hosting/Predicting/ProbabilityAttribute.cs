namespace Flama;

/// <summary>Marks the property of an answer that takes the probability of one label.</summary>
/// <param name="label">The label, as text.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class ProbabilityAttribute(string label) : Attribute
{
    /// <summary>The label, as text.</summary>
    public string Label => label;
}
