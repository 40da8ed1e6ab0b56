using System.Text;

namespace Flama.Scoring.Input;

/// <summary>An image file, or texts line by line, as the input of a method that takes these; JSON is read as for other methods.</summary>
internal static class ContentSource
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether the input is an image file.</summary>
    public static bool IsImage(ModelMethod method, ReadOnlySpan<byte> prefix) =>
        ContentInputs.Of(method.Input) == InputContent.Image && prefix is [0x89, (byte)'P', (byte)'N', (byte)'G', ..] or [0xFF, 0xD8, 0xFF, ..];

    /// <summary>Whether the input is texts as they are, one per line: it does not begin as JSON does.</summary>
    public static bool AreTexts(ModelMethod method, ReadOnlySpan<byte> text) =>
        ContentInputs.Of(method.Input) == InputContent.Text && WithoutMark(text).TrimStart(" \t\r\n"u8) is [not ((byte)'"' or (byte)'[' or (byte)'{'), ..];

    /// <summary>The texts; empty lines are none.</summary>
    /// <exception cref="FlamaException">They are not UTF-8 (<see cref="ErrorCodes.InvalidInput"/>).</exception>
    public static TensorInputs Texts(ModelMethod method, ReadOnlySpan<byte> text)
    {
        try
        {
            return ContentInputs.Texts(method, Strict.GetString(WithoutMark(text)).Split('\n').Select(line => line.TrimEnd('\r')).Where(line => line.Length > 0).ToArray());
        }
        catch (DecoderFallbackException failure)
        {
            throw new FlamaException(ErrorCodes.InvalidInput, "The texts are not UTF-8.", "Name their encoding.", failure);
        }
    }

    private static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> text) => text.StartsWith("\uFEFF"u8) ? text[3..] : text;
}
