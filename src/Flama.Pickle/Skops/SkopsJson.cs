using System.Globalization;
using System.Numerics;
using System.Text.Json;

namespace Flama.Pickle.Skops;

/// <summary>Plain values of a schema: JSON in a string, as Python's json module writes it.</summary>
internal static class SkopsJson
{
    private const int LongestNumber = 10_000;

    /// <summary>The value of a node's content.</summary>
    public static object? Read(JsonElement content)
    {
        if (content.ValueKind != JsonValueKind.String)
        {
            throw Wrong();
        }

        var text = content.GetString()!;
        switch (text)
        {
            case "NaN":
                return double.NaN;
            case "Infinity":
                return double.PositiveInfinity;
            case "-Infinity":
                return double.NegativeInfinity;
            default:
                using (var document = JsonDocument.Parse(text))
                {
                    return Value(document.RootElement);
                }
        }
    }

    /// <summary>A plain JSON value as Python has it.</summary>
    public static object? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => BoxedValues.True,
        JsonValueKind.False => BoxedValues.False,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => Number(value.GetRawText()),
        _ => throw Wrong(),
    };

    /// <summary>The key of a dict, whose type is told apart from it.</summary>
    public static object? Key(string text, string? type) => type switch
    {
        "str" or "str_" => text,
        "bool" or "bool_" => text is "true" or "True" ? BoxedValues.True : BoxedValues.False,
        "NoneType" => null,
        "int" or "int8" or "int16" or "int32" or "int64" or "uint8" or "uint16" or "uint32" or "uint64" or "intc" or "longlong" => Number(text) is long or BigInteger
            ? Number(text)
            : throw Wrong(),
        "float" or "float16" or "float32" or "float64" => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
            : text is "NaN" or "nan" ? double.NaN
            : text is "Infinity" or "inf" ? double.PositiveInfinity
            : text is "-Infinity" or "-inf" ? double.NegativeInfinity
            : throw Wrong(),
        _ => throw new PickleException(PickleErrorCode.DisallowedCall, $"The archive has a dict with keys of type '{ValueDescription.Safe(type ?? "?")}', which are not read."),
    };

    private static object Number(string text)
    {
        if (text.Length > LongestNumber)
        {
            throw new PickleException(PickleErrorCode.LimitExceeded, $"The archive has a number of {text.Length} digits.");
        }

        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole) ? BoxedValues.Of(whole)
            : text.AsSpan().IndexOfAny('.', 'e', 'E') < 0 && BigInteger.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var big) ? big
            : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
            : throw Wrong();
    }

    private static PickleException Wrong() => new(PickleErrorCode.Corrupt, "The archive cannot be read: a plain value is none.");
}
