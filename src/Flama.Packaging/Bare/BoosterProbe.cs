using System.Text.Json;

namespace Flama.Packaging.Bare;

/// <summary>Tells the files of XGBoost and LightGBM by their first bytes.</summary>
internal static class BoosterProbe
{
    private static readonly string[] XGBoostKeys = ["learner", "version", "Model", "Config"];

    public static ModelFormat? Recognize(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("tree\n"u8) || start.StartsWith("tree\r\n"u8))
        {
            return ModelFormats.LightGbmText;
        }

        if (start.StartsWith("binf"u8) || start.StartsWith("CONFIG-offset:"u8))
        {
            return ModelFormats.XGBoostBinary;
        }

        if (IsUbjson(start))
        {
            return ModelFormats.XGBoostUbjson;
        }

        return IsJson(start) ? ModelFormats.XGBoostJson : null;
    }

    // {, the length of the first key with its type, the key.
    private static bool IsUbjson(ReadOnlySpan<byte> start)
    {
        if (start.Length < 2 || start[0] != '{')
        {
            return false;
        }

        var width = (char)start[1] switch
        {
            'i' or 'U' => 1,
            'I' => 2,
            'l' => 4,
            'L' => 8,
            _ => 0,
        };
        if (width == 0 || start.Length < 2 + width)
        {
            return false;
        }

        var length = start[1 + width];
        var key = start[(2 + width)..];
        return !start.Slice(2, width - 1).ContainsAnyExcept((byte)0)
            && IsKey(key[..Math.Min(key.Length, length)]);
    }

    private static bool IsJson(ReadOnlySpan<byte> start)
    {
        var reader = new Utf8JsonReader(start, isFinalBlock: false, default);
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject
                && reader.Read() && reader.TokenType == JsonTokenType.PropertyName && IsKey(reader.ValueSpan);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static bool IsKey(ReadOnlySpan<byte> text)
    {
        foreach (var key in XGBoostKeys)
        {
            if (System.Text.Ascii.Equals(text, key))
            {
                return true;
            }
        }

        return false;
    }
}
