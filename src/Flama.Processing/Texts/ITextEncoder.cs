namespace Flama.Processing.Texts;

/// <summary>Makes numbers of tokens of a text, without what stands in front and behind. Immutable and thread-safe.</summary>
internal interface ITextEncoder
{
    /// <summary>The numbers, in order.</summary>
    IReadOnlyList<int> Encode(string text);
}
