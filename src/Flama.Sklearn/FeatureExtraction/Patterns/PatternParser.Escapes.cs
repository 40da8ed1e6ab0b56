namespace Flama.Sklearn.FeatureExtraction.Patterns;

/// <content>Sets in square brackets and what follows a backslash.</content>
internal sealed partial class PatternParser
{
    private CharacterSet ParseSet()
    {
        List<(int First, int Last)> ranges = [];
        var kinds = CharacterKinds.None;
        var isNegated = Take('^');
        for (var isFirst = true; isFirst || !Take(']'); isFirst = false)
        {
            var first = ParseSetItem(ref kinds);
            if (!IsAtEnd && pattern[position] == '-' && position + 1 < pattern.Count && pattern[position + 1] != ']')
            {
                position++;
                var last = ParseSetItem(ref kinds);
                if (first is null || last is null || last < first)
                {
                    throw Wrong("a range in a set has no two ends in order");
                }

                ranges.Add((first.Value, last.Value));
            }
            else if (first is { } single)
            {
                ranges.Add((single, single));
            }
        }

        return SetOf([.. ranges], kinds, isNegated);
    }

    // One code point; null for a class, which is added to the kinds.
    private int? ParseSetItem(ref CharacterKinds kinds)
    {
        var codePoint = Next();
        if (codePoint != '\\')
        {
            return codePoint;
        }

        codePoint = Next();
        if (KindOf(codePoint) is { } kind)
        {
            kinds |= kind;
            return null;
        }

        return codePoint switch
        {
            'b' => '\b',
            >= '0' and <= '7' => ParseOctal(codePoint - '0', 2),
            _ => ParseCharacter(codePoint),
        };
    }

    private PatternNode ParseEscape()
    {
        var codePoint = Next();
        if (KindOf(codePoint) is { } kind)
        {
            return new PatternNode.One(SetOf([], kind, isNegated: false));
        }

        return codePoint switch
        {
            'A' => new PatternNode.Place(PatternPlace.TextStart, flags),
            'Z' => new PatternNode.Place(PatternPlace.TextEnd, flags),
            'b' => new PatternNode.Place(PatternPlace.WordBoundary, flags),
            'B' => new PatternNode.Place(PatternPlace.NoWordBoundary, flags),
            '0' => Literal(ParseOctal(0, 2)),
            >= '1' and <= '9' => ParseReference(codePoint - '0'),
            _ => Literal(ParseCharacter(codePoint)),
        };
    }

    // \1 to \99 are groups, three octal digits a character.
    private PatternNode ParseReference(int digit)
    {
        if (position < pattern.Count && pattern[position] is >= '0' and <= '9')
        {
            var isOctal = digit <= 7 && pattern[position] <= '7' && position + 1 < pattern.Count && pattern[position + 1] is >= '0' and <= '7';
            if (isOctal)
            {
                return Literal(ParseOctal(digit, 2));
            }

            digit = (digit * 10) + (pattern[position++] - '0');
        }

        return Refer(digit);
    }

    private static CharacterKinds? KindOf(int codePoint) => codePoint switch
    {
        'w' => CharacterKinds.Word,
        'W' => CharacterKinds.NoWord,
        'd' => CharacterKinds.Digit,
        'D' => CharacterKinds.NoDigit,
        's' => CharacterKinds.Space,
        'S' => CharacterKinds.NoSpace,
        _ => null,
    };

    private int ParseOctal(int value, int more)
    {
        for (; more > 0 && !IsAtEnd && pattern[position] is >= '0' and <= '7'; more--)
        {
            value = (value * 8) + (pattern[position++] - '0');
        }

        return value <= 255 ? value : throw Wrong("an octal escape is above 255");
    }

    private int ParseCharacter(int codePoint) => codePoint switch
    {
        'a' => '\a',
        'f' => '\f',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'v' => '\v',
        'x' => ParseHexadecimal(2),
        'u' => ParseHexadecimal(4),
        'U' => ParseHexadecimal(8),
        'N' => throw BeyondUs("it names a character"),
        (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') => throw Wrong($"the escape \\{(char)codePoint} is unknown"),
        _ => codePoint,
    };

    private int ParseHexadecimal(int digits)
    {
        var value = 0L;
        for (var i = 0; i < digits; i++)
        {
            var digit = Next();
            value = (value * 16) + digit switch
            {
                >= '0' and <= '9' => digit - '0',
                >= 'a' and <= 'f' => digit - 'a' + 10,
                >= 'A' and <= 'F' => digit - 'A' + 10,
                _ => throw Wrong("an escape lacks hexadecimal digits"),
            };
        }

        return value <= 0x10FFFF ? (int)value : throw Wrong("an escape is not a code point");
    }
}
