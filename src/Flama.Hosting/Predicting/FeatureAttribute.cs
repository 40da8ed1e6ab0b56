namespace Flama;

/// <summary>Tells which feature a property of a record is, where its name does not.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FeatureAttribute : Attribute
{
    /// <summary>The property is the feature of a name.</summary>
    /// <param name="name">The name in training.</param>
    public FeatureAttribute(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
    }

    /// <summary>The property is the feature at a position, for models that were trained without names.</summary>
    /// <param name="position">The position in training, counted from 0.</param>
    public FeatureAttribute(int position)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        Position = position;
    }

    /// <summary>The name in training; null where a position is given.</summary>
    public string? Name { get; }

    /// <summary>The position in training; null where a name is given.</summary>
    public int? Position { get; }
}
