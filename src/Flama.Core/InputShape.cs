using System.Globalization;

namespace Flama;

/// <summary>
/// What a tensor looks like that a model takes, where the model's file does not tell: <c>x=1,3,224,224</c>, <c>ids=?,128:int64</c>. Immutable.
/// </summary>
/// <param name="Name">The input's name; null for the only one.</param>
/// <param name="Lengths">The length of each dimension; empty for a single value, null where only the type is told.</param>
/// <param name="Type">The type of its elements; null where it is not told.</param>
public sealed record InputShape(string? Name, IReadOnlyList<Dimension>? Lengths, ElementType? Type = null)
{
    private const int MostDimensions = 64;

    /// <summary>How a shape is written, for messages.</summary>
    public const string Expected = "[NAME=]LENGTHS[:TYPE], for example x=1,3,224,224 or ids=?,128:int64";

    /// <summary>Reads a shape: lengths with commas between them, <c>?</c> or <c>-1</c> for one that is open, a name in front, a type behind.</summary>
    /// <exception cref="FlamaException">The text is something else (<see cref="ErrorCodes.InvalidOption"/>).</exception>
    public static InputShape Parse(string text) => TryParse(text, out var shape)
        ? shape
        : throw new FlamaException(ErrorCodes.InvalidOption, $"'{SafeText.OneLine(text, 100)}' is not a shape, expected {Expected}.");

    /// <summary>Reads a shape.</summary>
    /// <param name="text">The text.</param>
    /// <param name="shape">The shape.</param>
    /// <returns>False where the text is something else.</returns>
    public static bool TryParse(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out InputShape? shape)
    {
        shape = null;
        if (text is null)
        {
            return false;
        }

        var equals = text.IndexOf('=', StringComparison.Ordinal);
        var name = equals < 0 ? null : text[..equals].Trim();
        var rest = text[(equals + 1)..];
        var colon = rest.LastIndexOf(':');
        ElementType? type = colon < 0 ? null : TypeOf(rest[(colon + 1)..].Trim());
        var lengths = (colon < 0 ? rest : rest[..colon]).Trim();
        var isBracketed = lengths is ['[', .., ']'];
        lengths = isBracketed ? lengths[1..^1].Trim() : lengths;
        if (name is { Length: 0 } || (colon >= 0 && type is null) || (lengths.Length == 0 && !isBracketed && type is null))
        {
            return false;
        }

        List<Dimension> dimensions = [];
        foreach (var part in lengths.Split(',', StringSplitOptions.TrimEntries).Where(part => lengths.Length > 0))
        {
            if (dimensions.Count == MostDimensions || DimensionOf(part) is not { } dimension)
            {
                return false;
            }

            dimensions.Add(dimension);
        }

        shape = new(name, lengths.Length == 0 && !isBracketed ? null : dimensions, type);
        return true;
    }

    /// <summary>Reads the shapes of several inputs, with semicolons between them.</summary>
    /// <exception cref="FlamaException">The text is something else (<see cref="ErrorCodes.InvalidOption"/>).</exception>
    public static IReadOnlyList<InputShape> ParseAll(string? text) => string.IsNullOrWhiteSpace(text) ? [] : [.. text.Split(';').Select(Parse)];

    /// <summary>The shape as <see cref="Parse"/> reads it.</summary>
    public override string ToString() =>
        $"{(Name is null ? "" : $"{Name}=")}{(Lengths is null ? "" : Lengths.Count == 0 ? "[]" : string.Join(',', Lengths.Select(static length => length.Length?.ToString(CultureInfo.InvariantCulture) ?? "?")))}{(Type is { } type ? $":{ElementTypes.NameOf(type)}" : "")}";

    private static Dimension? DimensionOf(string text) => text is "?" or "-1" ? Dimension.Any
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var length) ? Dimension.FromInt64(length)
        : null;

    private static ElementType? TypeOf(string name)
    {
        foreach (var type in Enum.GetValues<ElementType>())
        {
            if (type is not (ElementType.String or ElementType.Mixed) && string.Equals(ElementTypes.NameOf(type), name, StringComparison.OrdinalIgnoreCase))
            {
                return type;
            }
        }

        return null;
    }
}
