namespace Flama.Trees;

/// <summary>The place of a node in a tree that was put in order.</summary>
/// <param name="Node">Which node of the source.</param>
/// <param name="Step">How far behind it its left child lies; 0 for a leaf.</param>
/// <param name="Depth">Steps from the root.</param>
internal readonly record struct TreePlace(int Node, int Step, int Depth);
