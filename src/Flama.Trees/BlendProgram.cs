namespace Flama.Trees;

/// <summary>Where the program of a tree lies in its <see cref="BlendedTrees{T}"/>.</summary>
/// <param name="Split">Its first split.</param>
/// <param name="Count">How many splits; 0 when the tree is walked. It has one exit more.</param>
/// <param name="Run">The first run of splits.</param>
/// <param name="Runs">How many runs.</param>
/// <param name="Exit">Its first exit.</param>
/// <param name="Rest">So many steps at most lead from an exit to a leaf.</param>
/// <param name="Result">Where the exits of rows stand at the end, among the values that are kept.</param>
internal readonly record struct BlendProgram(int Split, int Count, int Run, int Runs, int Exit, int Rest, int Result);
