using Flama.Pickle.Globals;

namespace Flama.Pickle;

/// <summary>A class or function that a pickle refers to as data, not to be called: <c>numpy.log1p</c>, a scorer, a dtype class.</summary>
/// <param name="Global">Where Python would find it.</param>
public sealed record PickleSymbol(GlobalName Global)
{
    /// <summary>What the table lets a file do with it; null for one that was not read from a file.</summary>
    internal GlobalRule? Rule { get; init; }

    /// <summary>Whether both mean the same class or function.</summary>
    public bool Equals(PickleSymbol? other) => other is not null && Global == other.Global;

    /// <inheritdoc/>
    public override int GetHashCode() => Global.GetHashCode();

    /// <inheritdoc/>
    public override string ToString() => Global.ToString();
}
