namespace Flama.AspNetCore;

/// <summary>
/// A <see cref="ModelResource"/> cannot do without an artifact of its model: an application whose model has none of that name does not start, and a new version without it does not take
/// the place of the one that serves.
/// </summary>
/// <param name="name">The artifact's name.</param>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class RequiresArtifactAttribute(string name) : Attribute
{
    /// <summary>The artifact's name.</summary>
    public string Name { get; } = name;
}
