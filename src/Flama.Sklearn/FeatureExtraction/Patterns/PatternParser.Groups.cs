using System.Globalization;
using System.Text;

namespace Flama.Sklearn.FeatureExtraction.Patterns;

/// <content>What stands in round brackets.</content>
internal sealed partial class PatternParser
{
    private PatternNode? ParseGroup()
    {
        if (!Take('?'))
        {
            return ParseCapture(null);
        }

        switch (Next())
        {
            case ':':
                return ParseInner();
            case '=':
                return new PatternNode.Look(ParseInner(), null, IsNegative: false);
            case '!':
                return new PatternNode.Look(ParseInner(), null, IsNegative: true);
            case '>':
                return new PatternNode.Atomic(ParseInner());
            case '#':
                SkipComment();
                return null;
            case '(':
                return ParseCondition();
            case 'P':
                return ParseNamed();
            case '<':
                return ParseBehind();
            default:
                position--;
                return ParseFlags();
        }
    }

    // The flags of a group end with it.
    private PatternNode ParseInner()
    {
        var outer = flags;
        var node = ParseChoice();
        flags = outer;
        return Take(')') ? node : throw Wrong("a '(' is not closed");
    }

    private PatternNode.Capture ParseCapture(string? name)
    {
        var group = ++Groups;
        if (name is not null && !groupNames.TryAdd(name, group))
        {
            throw Wrong($"two groups have the name '{name}'");
        }

        openGroups.Add(group);
        var node = ParseInner();
        openGroups.Remove(group);
        return new PatternNode.Capture(group, node);
    }

    private PatternNode.Look ParseBehind()
    {
        var isNegative = Next() switch
        {
            '=' => false,
            '!' => true,
            _ => throw Wrong("'(?<' is followed by neither '=' nor '!'"),
        };
        var node = ParseInner();
        return new(node, node.FixedWidth() ?? throw Wrong("what a pattern looks behind for must have a fixed width"), isNegative);
    }

    private PatternNode ParseNamed()
    {
        if (Take('<'))
        {
            return ParseCapture(ParseName('>'));
        }

        if (!Take('='))
        {
            throw Wrong("'(?P' is followed by neither '<' nor '='");
        }

        var name = ParseName(')');
        return Refer(groupNames.TryGetValue(name, out var group) ? group : throw Wrong($"there is no group '{name}'"));
    }

    private string ParseName(char end)
    {
        var name = new StringBuilder();
        while (!Take(end))
        {
            var codePoint = Next();
            if (!Text.PythonCharacter.IsWord(codePoint) || !Rune.TryCreate(codePoint, out var rune))
            {
                throw Wrong("a group's name is not a name");
            }

            name.Append(rune.ToString());
        }

        return name.Length > 0 ? name.ToString() : throw Wrong("a group's name is empty");
    }

    private PatternNode.Reference Refer(int group) => group < 1 || group > Groups || openGroups.Contains(group)
        ? throw Wrong($"it refers to group {group}, which is not there or not closed")
        : new(group, flags);

    private void SkipComment()
    {
        while (!Take(')'))
        {
            Next();
        }
    }

    private PatternNode.Condition ParseCondition()
    {
        var name = ParseName(')');
        var group = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : groupNames.GetValueOrDefault(name);
        if (group < 1 || group > Groups)
        {
            throw Wrong($"it depends on group '{name}', which is not there");
        }

        var outer = flags;
        var yes = ParseSequence();
        var no = Take('|') ? ParseSequence() : new PatternNode.Sequence([]);
        flags = outer;
        return Take(')') ? new(group, yes, no) : throw Wrong("a condition has more than two branches or is not closed");
    }

    // (?flags) for the whole pattern, (?flags:…) and (?flags-flags:…) for a group.
    private PatternNode? ParseFlags()
    {
        var outer = flags;
        var isOff = false;
        for (var codePoint = Next(); codePoint is not (')' or ':'); codePoint = Next())
        {
            if (codePoint == '-' && !isOff)
            {
                isOff = true;
                continue;
            }

            var flag = codePoint switch
            {
                'a' => PatternFlags.Ascii,
                'i' => PatternFlags.IgnoreCase,
                'm' => PatternFlags.Multiline,
                's' => PatternFlags.DotAll,
                'u' => PatternFlags.None,
                'x' => PatternFlags.Verbose,
                'L' => throw BeyondUs("the flag L depends on a locale"),
                _ => throw Wrong("there is an unknown group or flag"),
            };
            flags = isOff ? flags & ~flag : codePoint == 'u' ? flags & ~PatternFlags.Ascii : flags | flag;
        }

        if (pattern[position - 1] == ')')
        {
            wholeFlags |= flags;
            return isOff ? throw Wrong("flags are turned off for the whole pattern") : null;
        }

        var node = ParseInner();
        flags = outer;
        return node;
    }
}
