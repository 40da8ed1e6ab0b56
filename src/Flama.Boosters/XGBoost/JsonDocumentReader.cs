using System.Text.Json;
using Flama.Json;

namespace Flama.Boosters.XGBoost;

/// <summary>Reads a booster's document from JSON; NaN and infinities may stand in it as bare words.</summary>
internal static class JsonDocumentReader
{
    /// <summary>Reads a document.</summary>
    /// <exception cref="FlamaException">The text is no JSON.</exception>
    public static object? Read(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return PythonJson.HasConstants(utf8)
                ? ReadStrict(PythonJson.ReplaceConstants(utf8, "\"NaN\""u8, "1e999"u8, "-1e999"u8))
                : ReadStrict(utf8);
        }
        catch (JsonException exception)
        {
            throw new FlamaException(
                ErrorCodes.Corrupt,
                $"The booster's document is no JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}.",
                "Copy the file again, or save the model again.",
                exception);
        }
        catch (InvalidOperationException exception)
        {
            // The reader checks the encoding of a string only when it is asked for it.
            throw new FlamaException(
                ErrorCodes.Corrupt, "A string in the booster's document is no UTF-8.", "Copy the file again, or save the model again.", exception);
        }
    }

    private static object? ReadStrict(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = DocumentBuilder.MaxDepth });
        var builder = new DocumentBuilder();
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    builder.StartObject();
                    break;
                case JsonTokenType.StartArray:
                    builder.StartList();
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    builder.End();
                    break;
                case JsonTokenType.PropertyName when !reader.ValueIsEscaped:
                    builder.Name(reader.ValueSpan);
                    break;
                case JsonTokenType.PropertyName:
                    builder.Name(reader.GetString()!);
                    break;
                case JsonTokenType.Number when builder.IsSkipping:
                    builder.Value(null);
                    break;
                case JsonTokenType.Number:
                    builder.Number(reader.GetDouble());
                    break;
                case JsonTokenType.String when reader.ValueTextEquals("NaN"u8):
                    builder.Number(double.NaN);
                    break;
                case JsonTokenType.String:
                    builder.Value(builder.IsSkipping ? null : reader.GetString());
                    break;
                default:
                    builder.Value(reader.TokenType switch
                    {
                        JsonTokenType.True => true,
                        JsonTokenType.False => false,
                        _ => null,
                    });
                    break;
            }
        }

        return builder.Result;
    }
}
