namespace Flama.Boosters.XGBoost;

/// <summary>The document of a booster in any of its forms, down to the learner.</summary>
internal static class BoosterDocument
{
    /// <summary>The name of what training was told, beside a pickle's model.</summary>
    public const string Configuration = "Config";

    /// <summary>Reads a document.</summary>
    /// <returns>The outermost object, which has a <c>learner</c>.</returns>
    /// <exception cref="FlamaException">The bytes are damaged or not a booster.</exception>
    public static DocumentObject Read(ReadOnlySpan<byte> bytes)
    {
        if (!IsUbjson(bytes) && !IsJson(bytes))
        {
            return BinaryBoosterReader.Read(bytes);
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

    private static bool IsJson(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes.TrimStart(" \t\r\n"u8);
        return rest.StartsWith("{"u8) && (rest = rest[1..].TrimStart(" \t\r\n"u8)).Length > 0 && rest[0] is (byte)'"' or (byte)'}';
    }
}
