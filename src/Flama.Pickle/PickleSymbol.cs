namespace Flama.Pickle;

/// <summary>A class or function that a pickle refers to as data, not to be called: <c>numpy.log1p</c>, a scorer, a dtype class.</summary>
/// <param name="Global">Where Python would find it.</param>
public sealed record PickleSymbol(GlobalName Global);
