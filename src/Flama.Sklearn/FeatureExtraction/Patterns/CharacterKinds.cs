namespace Flama.Sklearn.FeatureExtraction.Patterns;

/// <summary>The classes of characters that patterns name: <c>\w \W \d \D \s \S</c>.</summary>
[Flags]
internal enum CharacterKinds
{
    None = 0,
    Word = 1,
    NoWord = 2,
    Digit = 4,
    NoDigit = 8,
    Space = 16,
    NoSpace = 32,
}
