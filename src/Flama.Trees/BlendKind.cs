namespace Flama.Trees;

/// <summary>What the two sides of a <see cref="BlendSplit"/> are.</summary>
internal enum BlendKind
{
    /// <summary>Both are exits.</summary>
    Exits,

    /// <summary>The left one is a kept value, the right one an exit; the split is turned round where it is the other way.</summary>
    Mixed,

    /// <summary>Both are kept values.</summary>
    Kept,
}
