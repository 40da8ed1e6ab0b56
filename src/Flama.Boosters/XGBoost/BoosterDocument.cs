namespace Flama.Boosters.XGBoost;

/// <summary>The document of a booster in any of its forms, down to the learner.</summary>
internal static class BoosterDocument
{
    private static readonly string[] FirstNames = ["learner", "version", "Model", "Config"];

    /// <summary>Whether bytes look like a document that <see cref="Read"/> takes or refuses by name.</summary>
    public static bool IsBooster(ReadOnlySpan<byte> bytes) =>
        IsOld(bytes) || (bytes.Length > 1 && bytes[0] == '{' && (IsUbjson(bytes) ? StartsWithName(bytes) : IsJson(bytes))) || IsJson(bytes);

    /// <summary>Reads a document.</summary>
    /// <returns>The outermost object, which has a <c>learner</c>.</returns>
    /// <exception cref="FlamaException">The bytes are damaged, or of the old binary form.</exception>
    public static DocumentObject Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || (bytes[0] != '{' && !IsJson(bytes)))
        {
            throw new FlamaException(
                ErrorCodes.UnsupportedFormat,
                "The booster is in XGBoost's old binary form, which only XGBoost itself reads.",
                "In Python, with the XGBoost that wrote it: booster.save_model('model.json'), or '.ubj'; or pickle the model with XGBoost 1.6 or later.");
        }

        var document = (IsUbjson(bytes) ? UbjsonReader.Read(bytes) : JsonDocumentReader.Read(bytes)) as DocumentObject;
        var model = document?.Object("Model") ?? document;
        return model?.Object("learner") is not null
            ? model
            : throw new FlamaException(
                ErrorCodes.InvalidModel, "The booster's document has no 'learner'.", "Save the model again: booster.save_model('model.json').");
    }

    private static bool IsOld(ReadOnlySpan<byte> bytes) => bytes.StartsWith("binf"u8) || bytes.StartsWith("CONFIG-offset:"u8);

    // In UBJSON the length of the first name follows the brace, with its type; in JSON a quote, a brace or white space.
    private static bool IsUbjson(ReadOnlySpan<byte> bytes) =>
        bytes.Length > 1 && bytes[0] == '{' && (char)bytes[1] is 'i' or 'U' or 'I' or 'l' or 'L' or '#' or '$';

    private static bool StartsWithName(ReadOnlySpan<byte> bytes)
    {
        var width = (char)bytes[1] switch
        {
            'i' or 'U' => 1,
            'I' => 2,
            'l' => 4,
            'L' => 8,
            _ => 0,
        };
        var name = bytes[Math.Min(2 + width, bytes.Length)..];
        foreach (var first in FirstNames)
        {
            if (width > 0 && bytes.Length > 2 + width && bytes[1 + width] == first.Length
                && System.Text.Ascii.Equals(name[..Math.Min(first.Length, name.Length)], first))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsJson(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes.TrimStart(" \t\r\n"u8);
        if (!rest.StartsWith("{"u8))
        {
            return false;
        }

        rest = rest[1..].TrimStart(" \t\r\n"u8);
        foreach (var first in FirstNames)
        {
            if (rest.StartsWith("\""u8) && rest.Length > first.Length + 1 && rest[first.Length + 1] == '"'
                && System.Text.Ascii.Equals(rest.Slice(1, first.Length), first))
            {
                return true;
            }
        }

        return false;
    }
}
