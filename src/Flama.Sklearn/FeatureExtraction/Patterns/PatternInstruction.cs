namespace Flama.Sklearn.FeatureExtraction.Patterns;

/// <summary>One instruction of a <see cref="PatternProgram"/>.</summary>
/// <param name="Operation">What it does.</param>
/// <param name="A">Its first number.</param>
/// <param name="B">Its second number.</param>
/// <param name="Set">Its set, where it takes code points.</param>
internal readonly record struct PatternInstruction(PatternOperation Operation, int A = 0, int B = 0, CharacterSet? Set = null);
