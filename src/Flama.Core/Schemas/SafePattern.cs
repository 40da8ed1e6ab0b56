using System.Buffers;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Flama.Schemas;

/// <summary>Regular expressions from files that nobody vouches for: matched in time that grows with the text alone.</summary>
internal static class SafePattern
{
    private const int MaxLength = 1000;

    // What counted repetitions may multiply to: each becomes as many states.
    private const int MaxRepetitions = 2000;

    private static readonly SearchValues<char> Counts = SearchValues.Create("0123456789,");

    /// <summary>Compiles an expression.</summary>
    /// <exception cref="ArgumentException">It is not one, is too large, or needs backtracking; the message tells.</exception>
    public static Regex Compile(string pattern)
    {
        if (pattern.Length > MaxLength)
        {
            throw new ArgumentException($"is longer than {MaxLength} characters");
        }

        if (Repetitions(pattern) > MaxRepetitions)
        {
            throw new ArgumentException($"repeats more than {MaxRepetitions} times");
        }

        try
        {
            return new Regex(pattern, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant);
        }
        catch (NotSupportedException failure)
        {
            throw new ArgumentException("looks ahead, behind or back, which is not supported", failure);
        }
        catch (RegexParseException failure)
        {
            throw new ArgumentException($"is not a regular expression: {failure.Error} at character {failure.Offset}", failure);
        }
    }

    // All counts multiplied, as if each stood within the other: {3}, {3,} and {1,3} are 3.
    private static long Repetitions(ReadOnlySpan<char> pattern)
    {
        var product = 1L;
        while (pattern.IndexOf('{') is >= 0 and var open && product <= MaxRepetitions)
        {
            pattern = pattern[(open + 1)..];
            var close = pattern.IndexOf('}');
            var bounds = close > 0 ? pattern[..close].TrimEnd(',') : default;
            if (bounds.Length > 0 && bounds.IndexOfAnyExcept(Counts) < 0)
            {
                var last = bounds[(bounds.LastIndexOf(',') + 1)..];
                product *= int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? Math.Max(count, 1) : MaxRepetitions + 1;
            }
        }

        return product;
    }
}
