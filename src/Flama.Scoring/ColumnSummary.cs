using Flama.Schemas;

namespace Flama.Scoring;

/// <summary>What there was in one column: bounded, however many rows there are. Not thread-safe.</summary>
internal sealed class ColumnSummary
{
    // More texts than this are no set of values, and neither are texts of which each comes less than twice.
    private const int MaxTexts = 50;

    private readonly HashSet<string> texts = new(StringComparer.Ordinal);
    private bool hasMissing;
    private long numbers;
    private long textCount;
    private bool isBinary = true;
    private double smallest = double.PositiveInfinity;
    private double largest = double.NegativeInfinity;
    private int shortest = int.MaxValue;
    private int longest;

    /// <summary>Adds a cell.</summary>
    public void Add(double number, string? text)
    {
        if (text is not null)
        {
            textCount++;
            var length = text.EnumerateRunes().Count();
            shortest = Math.Min(shortest, length);
            longest = Math.Max(longest, length);
            if (texts.Count <= MaxTexts)
            {
                texts.Add(text);
            }
        }
        else if (double.IsNaN(number))
        {
            hasMissing = true;
        }
        else
        {
            numbers++;
            isBinary &= number is 0 or 1;
            smallest = Math.Min(smallest, number);
            largest = Math.Max(largest, number);
        }
    }

    /// <summary>The rule that all cells are valid by.</summary>
    /// <param name="margin">By which share of their range numbers may lie outside of it.</param>
    public FeatureRule ToRule(double margin)
    {
        if (numbers == 0 && textCount == 0)
        {
            return new();
        }

        var isSet = textCount > 0 && texts.Count <= MaxTexts && textCount >= 2 * texts.Count;
        var isFlag = numbers > 0 && textCount == 0 && isBinary && smallest < largest;
        FeatureRule rule = new()
        {
            Types = (numbers > 0 ? ValueTypes.Number : default) | (textCount > 0 ? ValueTypes.String : default) | (hasMissing ? ValueTypes.Null : default),
        };
        if (isFlag || (isSet && numbers == 0))
        {
            Scalar[] values = isFlag ? [Scalar.Of(0L), Scalar.Of(1L)] : [.. texts.Order(StringComparer.Ordinal).Select(Scalar.Of)];
            return rule with { Values = hasMissing ? [.. values, Scalar.Null] : values };
        }

        var room = numbers > 0 && double.IsFinite(largest - smallest) ? margin * (largest - smallest) : 0;
        return rule with
        {
            Minimum = numbers > 0 && double.IsFinite(smallest) ? smallest - room : null,
            Maximum = numbers > 0 && double.IsFinite(largest) ? largest + room : null,
            MinLength = textCount > 0 ? shortest : null,
            MaxLength = textCount > 0 ? longest : null,
        };
    }
}
