using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;

namespace Flama.Processing.Texts;

/// <summary>Makes numbers of tokens of texts, with those that stand in front and behind. Immutable and thread-safe.</summary>
/// <param name="tokenizer">The tokenizer, which adds nothing in front or behind.</param>
internal sealed class TextTokenizer(ITextEncoder tokenizer)
{
    // Half of a surrogate pair is no text.
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What stands in front of each text.</summary>
    public IReadOnlyList<int> Front { get; init; } = [];

    /// <summary>What stands behind each text.</summary>
    public IReadOnlyList<int> Back { get; init; } = [];

    /// <summary>What fills texts up; null where the files do not tell.</summary>
    public int? Pad { get; init; }

    /// <summary>Whether a text begins as its later words do, with a space.</summary>
    public bool AddsPrefixSpace { get; init; }

    /// <summary>The numbers of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="most">The most numbers, those in front and behind included.</param>
    /// <param name="truncates">Whether a longer text is cut.</param>
    /// <exception cref="FlamaException">The text is longer and not to be cut, or no text (<see cref="ErrorCodes.InvalidInput"/>).</exception>
    [SuppressMessage("Design", "CA1031", Justification = "The boundary of a library that says not what it throws.")]
    public int[] Encode(string text, int most, bool truncates)
    {
        CheckText(text);
        text = AddsPrefixSpace && text.Length > 0 && text[0] != ' ' ? $" {text}" : text;
        IReadOnlyList<int> found;
        try
        {
            found = text.Length == 0 ? [] : tokenizer.Encode(text);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            throw Problem("The text cannot be made into tokens.", failure);
        }

        var room = Math.Max(0, most - Front.Count - Back.Count);
        return found.Count <= room || truncates
            ? [.. Front, .. found.Take(room), .. Back]
            : throw Problem(string.Create(CultureInfo.InvariantCulture, $"The text has {found.Count + Front.Count + Back.Count} tokens; at most {most} are taken."), null);
    }

    /// <summary>The same tokenizer with what stands around texts.</summary>
    public TextTokenizer With(IReadOnlyList<int> front, IReadOnlyList<int> back, int? pad, bool addsPrefixSpace) => new(tokenizer)
    {
        Front = front,
        Back = back,
        Pad = pad,
        AddsPrefixSpace = addsPrefixSpace,
    };

    private static void CheckText(string text)
    {
        try
        {
            Strict.GetByteCount(text);
        }
        catch (EncoderFallbackException failure)
        {
            throw Problem("The text holds half of a surrogate pair, which is not text.", failure);
        }
    }

    private static FlamaException Problem(string message, Exception? cause) =>
        cause is null ? new([new InputProblem("text", message)], 1) : new(ErrorCodes.InvalidInput, message, "Send plain text.", cause);
}
