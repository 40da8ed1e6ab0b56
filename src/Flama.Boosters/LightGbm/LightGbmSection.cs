using System.Globalization;
using Flama.Json;

namespace Flama.Boosters.LightGbm;

/// <summary>The <c>key=value</c> lines of a model's header or of one tree; the numbers of a value stand between blanks.</summary>
/// <param name="name">What it is, for messages: <c>its header</c>, <c>tree 3</c>.</param>
/// <param name="errors">Whose it is, for errors.</param>
internal sealed class LightGbmSection(string name, BoosterErrors errors)
{
    private readonly Dictionary<string, ReadOnlyMemory<char>> values = new(StringComparer.Ordinal);

    /// <summary>Takes a line; a key without a value counts as a flag.</summary>
    /// <exception cref="FlamaException">The key is there with another value.</exception>
    public void Add(ReadOnlyMemory<char> line)
    {
        var equals = line.Span.IndexOf('=');
        var key = (equals < 0 ? line.Span : line.Span[..equals]).ToString();
        var value = equals < 0 ? default : line[(equals + 1)..];
        if (!values.TryAdd(key, value) && !values[key].Span.SequenceEqual(value.Span))
        {
            throw Fail($"{Excerpt.Of(key)} is there twice");
        }
    }

    /// <summary>Whether there is such a line.</summary>
    public bool Has(string key) => values.ContainsKey(key);

    /// <summary>A value; null when there is no such line.</summary>
    public string? Text(string key) => values.TryGetValue(key, out var value) ? value.Span.Trim().ToString() : null;

    /// <summary>A whole number.</summary>
    public int Integer(string key) => Integers(key) is [var value] ? value : throw Fail($"'{key}' is not a whole number");

    /// <summary>A whole number, or a default when there is no such line.</summary>
    public int Integer(string key, int absent) => Has(key) ? Integer(key) : absent;

    /// <summary>Whole numbers.</summary>
    public int[] Integers(string key) => Parse(key, ToInteger);

    /// <summary>As many whole numbers as expected.</summary>
    public int[] Integers(string key, int count) => Counted(Integers(key), key, count);

    /// <summary>Words of 32 bits.</summary>
    public uint[] Words(string key) => Parse(key, ToWord);

    /// <summary>As many numbers as expected.</summary>
    public double[] Numbers(string key, int count) => Counted(Parse(key, ToDouble), key, count);

    /// <summary>The error of a section that contradicts itself.</summary>
    public FlamaException Fail(string what) => errors.Fail($"{name}: {what}");

    private static int? ToInteger(ReadOnlySpan<char> text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static uint? ToWord(ReadOnlySpan<char> text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static double? ToDouble(ReadOnlySpan<char> text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value
        : text.Equals("inf", StringComparison.OrdinalIgnoreCase) ? double.PositiveInfinity
        : text.Equals("-inf", StringComparison.OrdinalIgnoreCase) ? double.NegativeInfinity
        : text.EndsWith("nan", StringComparison.OrdinalIgnoreCase) ? double.NaN
        : null;

    private T[] Counted<T>(T[] array, string key, int count) =>
        array.Length == count ? array : throw Fail($"'{key}' has {array.Length} entries, expected {count}");

    private T[] Parse<T>(string key, Parser<T> parse)
        where T : struct
    {
        if (!values.TryGetValue(key, out var value))
        {
            throw Fail($"it has no '{key}'");
        }

        var parsed = new List<T>();
        foreach (var range in value.Span.Split(' '))
        {
            var part = value.Span[range].Trim();
            if (!part.IsEmpty)
            {
                parsed.Add(parse(part)
                    ?? throw Fail($"'{key}' has {Excerpt.Of(part)}, expected a number"));
            }
        }

        return [.. parsed];
    }

    private delegate T? Parser<T>(ReadOnlySpan<char> text)
        where T : struct;
}
