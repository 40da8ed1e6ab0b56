namespace Flama;

/// <summary>Names the feature that a property of a record is.</summary>
/// <param name="name">The name in training.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FeatureAttribute(string name) : Attribute
{
    /// <summary>The name in training.</summary>
    public string Name => name;
}
