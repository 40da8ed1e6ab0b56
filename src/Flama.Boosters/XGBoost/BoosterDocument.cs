namespace Flama.Boosters.XGBoost;

/// <summary>The document of a booster in any of its forms, down to the learner.</summary>
internal static class BoosterDocument
{
    /// <summary>The name of what training was told, beside a pickle's model.</summary>
    public const string Configuration = "Config";

    private static readonly string[] FirstNames = ["learner", "version", "Model", "Config"];

    /// <summary>Whether bytes look like a document that <see cref="Read"/> takes or refuses by name.</summary>
    public static bool IsBooster(ReadOnlySpan<byte> bytes) =>
        BinaryBoosterReader.IsModel(bytes) || (bytes.Length > 1 && bytes[0] == '{' && (IsUbjson(bytes) ? StartsWithName(bytes) : IsJson(bytes))) || IsJson(bytes);

    /// <summary>Reads a document.</summary>
    /// <returns>The outermost object, which has a <c>learner</c>.</returns>
    /// <exception cref="FlamaException">The bytes are damaged or not a booster.</exception>
    public static DocumentObject Read(ReadOnlySpan<byte> bytes)
    {
        if (BinaryBoosterReader.IsModel(bytes))
        {
            return BinaryBoosterReader.Read(bytes);
        }

        if (bytes.IsEmpty || (bytes[0] != '{' && !IsJson(bytes)))
        {
            throw new FlamaException(
                ErrorCodes.UnsupportedFormat,
                "The booster is in no form of XGBoost that is known.",
                "In Python, with the XGBoost that wrote it: booster.save_model('model.json').");
        }

        var document = (IsUbjson(bytes) ? UbjsonReader.Read(bytes) : JsonDocumentReader.Read(bytes)) as DocumentObject;
        var model = document?.Object("Model") ?? document;
        if (model != document && document!.Object(Configuration) is { } configuration)
        {
            model!.Add(Configuration, configuration);
        }

        return model?.Object("learner") is not null
            ? model
            : throw new FlamaException(
                ErrorCodes.InvalidModel, "The booster's document has no 'learner'.", "Save the model again: booster.save_model('model.json').");
    }

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
