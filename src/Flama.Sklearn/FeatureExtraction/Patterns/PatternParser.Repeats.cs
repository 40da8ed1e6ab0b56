namespace Flama.Sklearn.FeatureExtraction.Patterns;

/// <content>How often a part may come.</content>
internal sealed partial class PatternParser
{
    private PatternNode ParseRepeats(PatternNode part)
    {
        while (flags.HasFlag(PatternFlags.Verbose) && !IsAtEnd && SkipBlank())
        {
        }

        if (!TryParseCount(out var least, out var most))
        {
            return part;
        }

        if (part is PatternNode.Place)
        {
            throw Wrong("a place without length is repeated");
        }

        var greed = Take('?') ? PatternGreed.Lazy : Take('+') ? PatternGreed.Possessive : PatternGreed.Greedy;
        var at = position;
        if (TryParseCount(out _, out _))
        {
            position = at;
            throw Wrong("a repetition is repeated");
        }

        return new PatternNode.Repeat(part, least, most, greed);
    }

    private bool TryParseCount(out int least, out int? most)
    {
        (least, most) = (0, null);
        if (Take('*'))
        {
            return true;
        }

        if (Take('+'))
        {
            least = 1;
            return true;
        }

        if (Take('?'))
        {
            most = 1;
            return true;
        }

        return TryParseBraces(out least, out most);
    }

    // Braces that are no count are themselves.
    private bool TryParseBraces(out int least, out int? most)
    {
        (least, most) = (0, null);
        var start = position;
        if (!Take('{'))
        {
            return false;
        }

        var first = TryParseNumber();
        var hasComma = Take(',');
        var second = hasComma ? TryParseNumber() : first;
        if (!Take('}') || (first is null && !hasComma))
        {
            position = start;
            return false;
        }

        least = first ?? 0;
        most = second;
        if (most < least)
        {
            throw Wrong("a repetition has a smaller end than start");
        }

        return least <= MaxRepeat && most is null or <= MaxRepeat ? true : throw BeyondUs($"a repetition counts higher than {MaxRepeat}");
    }

    private int? TryParseNumber()
    {
        var start = position;
        var number = 0;
        while (!IsAtEnd && pattern[position] is >= '0' and <= '9')
        {
            number = Math.Min((number * 10) + (pattern[position++] - '0'), 1 << 24);
        }

        return position == start ? null : number;
    }
}
