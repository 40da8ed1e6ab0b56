namespace Flama.Sklearn.FeatureExtraction.Patterns;

/// <summary>Parses a pattern of Python's <c>re</c>.</summary>
/// <remarks>
/// All of its syntax but <c>\N{…}</c> and the flag L. Nesting, repetitions and size are bounded, since patterns come from files.
/// </remarks>
internal sealed partial class PatternParser
{
    private const int MaxNesting = 50;
    private const int MaxRepeat = 1 << 16;

    private readonly List<int> pattern = [];
    private readonly Dictionary<string, int> groupNames = new(StringComparer.Ordinal);
    private readonly HashSet<int> openGroups = [];
    private PatternFlags flags;
    private PatternFlags wholeFlags;
    private int position;
    private int nesting;

    private PatternParser(string text, PatternFlags flags)
    {
        this.flags = flags;
        for (var i = 0; i < text.Length;)
        {
            pattern.Add(Text.PythonCharacter.At(text, i, out var length));
            i += length;
        }
    }

    /// <summary>How many groups capture.</summary>
    public int Groups { get; private set; }

    /// <summary>Parses a pattern.</summary>
    /// <param name="text">The pattern.</param>
    /// <param name="groups">How many of its groups capture.</param>
    /// <exception cref="PatternException">It is not a pattern, or uses what is not known here.</exception>
    public static PatternNode Parse(string text, out int groups)
    {
        // Flags for the whole pattern may stand anywhere up to Python 3.10: the second time round they are known from the start.
        var parser = new PatternParser(text, PatternFlags.None);
        var node = parser.ParseAll();
        if (parser.wholeFlags != PatternFlags.None)
        {
            parser = new PatternParser(text, parser.wholeFlags);
            node = parser.ParseAll();
        }

        groups = parser.Groups;
        return node;
    }

    private PatternNode ParseAll()
    {
        var node = ParseChoice();
        return IsAtEnd ? node : throw Wrong("a ')' closes nothing");
    }

    private bool IsAtEnd => position == pattern.Count;

    private PatternException Wrong(string what) => new($"{what} (character {position})");

    private PatternException BeyondUs(string what) => new($"{what} (character {position})") { IsBeyondUs = true };

    private bool Take(char expected)
    {
        if (IsAtEnd || pattern[position] != expected)
        {
            return false;
        }

        position++;
        return true;
    }

    private int Next() => IsAtEnd ? throw Wrong("it ends too early") : pattern[position++];

    private PatternNode ParseChoice()
    {
        List<PatternNode> parts = [ParseSequence()];
        while (Take('|'))
        {
            parts.Add(ParseSequence());
        }

        return parts.Count == 1 ? parts[0] : new PatternNode.Choice(parts);
    }

    private PatternNode ParseSequence()
    {
        List<PatternNode> parts = [];
        while (!IsAtEnd && pattern[position] is not ('|' or ')'))
        {
            if (flags.HasFlag(PatternFlags.Verbose) && SkipBlank())
            {
                continue;
            }

            if (ParseOne() is { } part)
            {
                parts.Add(ParseRepeats(part));
            }
        }

        return parts.Count == 1 ? parts[0] : new PatternNode.Sequence(parts);
    }

    private bool SkipBlank()
    {
        if (pattern[position] is ' ' or (>= '\t' and <= '\r'))
        {
            position++;
            return true;
        }

        if (pattern[position] != '#')
        {
            return false;
        }

        while (!IsAtEnd && pattern[position] != '\n')
        {
            position++;
        }

        return true;
    }

    // Null for what is not a part by itself: comments and flags.
    private PatternNode? ParseOne()
    {
        var codePoint = Next();
        switch (codePoint)
        {
            case '(':
                if (++nesting > MaxNesting)
                {
                    throw BeyondUs($"groups are nested deeper than {MaxNesting}");
                }

                var group = ParseGroup();
                nesting--;
                return group;
            case '[':
                return new PatternNode.One(ParseSet());
            case '.':
                return new PatternNode.One(flags.HasFlag(PatternFlags.DotAll) ? new([], isNegated: true) : new([('\n', '\n')], isNegated: true));
            case '^':
                return new PatternNode.Place(flags.HasFlag(PatternFlags.Multiline) ? PatternPlace.LineStart : PatternPlace.TextStart, flags);
            case '$':
                return new PatternNode.Place(flags.HasFlag(PatternFlags.Multiline) ? PatternPlace.LineEnd : PatternPlace.LastLineEnd, flags);
            case '\\':
                return ParseEscape();
            case '*' or '+' or '?':
                throw Wrong("there is nothing to repeat");
            default:
                return Literal(codePoint);
        }
    }

    private PatternNode.One Literal(int codePoint) => new(SetOf([(codePoint, codePoint)], CharacterKinds.None, isNegated: false));

    private CharacterSet SetOf((int First, int Last)[] ranges, CharacterKinds kinds, bool isNegated) =>
        new(ranges, kinds, isNegated, flags.HasFlag(PatternFlags.IgnoreCase), flags.HasFlag(PatternFlags.Ascii));
}
