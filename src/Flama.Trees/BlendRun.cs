namespace Flama.Trees;

/// <summary>Splits of one kind, one after the other.</summary>
/// <param name="Kind">What their sides are.</param>
/// <param name="Count">How many they are.</param>
internal readonly record struct BlendRun(BlendKind Kind, int Count);
