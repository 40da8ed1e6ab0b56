using System.Collections.Concurrent;
using System.Text;
using System.Text.RegularExpressions;

namespace Flama.Keras.TensorFlow.Before;

/// <summary>Patterns of RE2, which TensorFlow has, for .NET: in linear time, with classes of ASCII.</summary>
internal static class TensorFlowRegex
{
    private static readonly ConcurrentDictionary<(string, bool), Regex> Made = new();

    /// <summary>Makes a pattern.</summary>
    /// <param name="pattern">As the model has it.</param>
    /// <param name="isWhole">Whether it has to match the whole of a text.</param>
    /// <exception cref="FlamaException">It has what cannot be matched in linear time, or is no pattern.</exception>
    public static Regex Of(string pattern, bool isWhole)
    {
        // Models are few, and so are their patterns; a file that has thousands is not kept.
        if (Made.TryGetValue((pattern, isWhole), out var known))
        {
            return known;
        }

        try
        {
            var translated = Translate(pattern);
            Regex regex = new(isWhole ? $@"\A(?:{translated})\z" : translated, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
            return Made.Count < 1000 ? Made.GetOrAdd((pattern, isWhole), regex) : regex;
        }
        catch (Exception failure) when (failure is ArgumentException or NotSupportedException)
        {
            throw KerasErrors.Unsupported("StaticRegex", $"matches the pattern '{pattern}'");
        }
    }

    /// <summary>What replaces a match: <c>\1</c> is a group.</summary>
    public static string Replacement(string rewrite)
    {
        StringBuilder text = new();
        for (var i = 0; i < rewrite.Length; i++)
        {
            if (rewrite[i] == '\\' && i + 1 < rewrite.Length)
            {
                i++;
                text.Append(char.IsAsciiDigit(rewrite[i]) ? $"${{{rewrite[i]}}}" : rewrite[i].ToString());
            }
            else
            {
                text.Append(rewrite[i] == '$' ? "$$" : rewrite[i].ToString());
            }
        }

        return text.ToString();
    }

    // \s, \d and \w are of ASCII alone; classes as [:alpha:] have no name in .NET.
    private static string Translate(string pattern)
    {
        StringBuilder text = new();
        var isClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var letter = pattern[i];
            if (letter == '\\' && i + 1 < pattern.Length)
            {
                text.Append(Escape(pattern[++i], isClass));
            }
            else if (isClass && letter == '[' && pattern.AsSpan(i).StartsWith("[:", StringComparison.Ordinal) && pattern.IndexOf(":]", i, StringComparison.Ordinal) is >= 0 and var end)
            {
                text.Append(Named(pattern[(i + 2)..end]));
                i = end + 1;
            }
            else if (isClass && letter == '[')
            {
                text.Append(@"\[");
            }
            else
            {
                if (!isClass && letter == '[')
                {
                    isClass = true;
                    text.Append('[');

                    // A bracket that closes is one of the class where it is the first.
                    i += i + 1 < pattern.Length && pattern[i + 1] == '^' && Append(text, '^') ? 1 : 0;
                    i += i + 1 < pattern.Length && pattern[i + 1] == ']' && Append(text, @"\]") ? 1 : 0;
                    continue;
                }

                isClass &= letter != ']';
                text.Append(letter);
            }
        }

        return text.ToString();
    }

    private static bool Append(StringBuilder text, object piece)
    {
        text.Append(piece);
        return true;
    }

    private static string Escape(char letter, bool isClass)
    {
        var members = letter switch { 's' => @"\t\n\f\r ", 'd' => "0-9", 'w' => "0-9A-Za-z_", _ => null };
        if (members is not null)
        {
            return isClass ? members : $"[{members}]";
        }

        return letter switch
        {
            'S' or 'D' or 'W' when isClass => throw new NotSupportedException(),
            'S' => @"[^\t\n\f\r ]",
            'D' => "[^0-9]",
            'W' => "[^0-9A-Za-z_]",
            _ => $"\\{letter}",
        };
    }

    private static string Named(string name) => name switch
    {
        "alpha" => "A-Za-z",
        "digit" => "0-9",
        "alnum" => "0-9A-Za-z",
        "upper" => "A-Z",
        "lower" => "a-z",
        "space" => @"\t\n\v\f\r ",
        "blank" => @"\t ",
        "punct" => @"!-/:-@\[-`{-~",
        "word" => "0-9A-Za-z_",
        "xdigit" => "0-9A-Fa-f",
        _ => throw new NotSupportedException(),
    };
}
