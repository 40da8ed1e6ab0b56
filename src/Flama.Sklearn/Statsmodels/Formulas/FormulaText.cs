namespace Flama.Sklearn.Statsmodels.Formulas;

/// <summary>The outer shape of a design's names: factors, and a factor's part in square brackets.</summary>
/// <remarks>Quotes count within calls only: a level's name may hold an apostrophe.</remarks>
internal static class FormulaText
{
    /// <summary>The factors of a name: the pieces between colons that stand outside brackets and quotes.</summary>
    public static List<string> SplitFactors(string name) => Split(name, ':');

    /// <summary>The expression and what follows in square brackets at the end; null when there is none.</summary>
    public static (string Expression, string Suffix)? TakeSuffix(string factor)
    {
        if (!factor.EndsWith(']'))
        {
            return null;
        }

        // The first bracket at the outer level; a level's name may hold brackets itself.
        var (depth, calls, quote) = (0, 0, '\0');
        for (var i = 0; i < factor.Length; i++)
        {
            var character = factor[i];
            if (quote != '\0')
            {
                quote = character == quote ? '\0' : quote;
            }
            else if (calls > 0 && character is ('\'' or '"'))
            {
                quote = character;
            }
            else if (character == '[' && depth == 0)
            {
                return (factor[..i], factor[(i + 1)..^1]);
            }
            else if (character is '(' or '[' or '{')
            {
                depth++;
                calls += character == '(' ? 1 : 0;
            }
            else if (character is ')' or ']' or '}')
            {
                depth--;
                calls -= character == ')' ? 1 : 0;
            }
        }

        return null;
    }

    /// <summary>The first argument of a call.</summary>
    public static string FirstArgument(string call)
    {
        var open = call.IndexOf('(', StringComparison.Ordinal);
        return Split(call[(open + 1)..call.LastIndexOf(')')], ',')[0].Trim();
    }

    /// <summary>The pieces between separators that stand outside brackets and quotes.</summary>
    public static List<string> Split(string text, char separator)
    {
        var pieces = new List<string>();
        var (depth, calls, start, quote) = (0, 0, 0, '\0');
        for (var i = 0; i < text.Length; i++)
        {
            var character = text[i];
            if (quote != '\0')
            {
                quote = character == quote ? '\0' : quote;
            }
            else if (calls > 0 && character is ('\'' or '"'))
            {
                quote = character;
            }
            else if (character is '(' or '[' or '{')
            {
                depth++;
                calls += character == '(' ? 1 : 0;
            }
            else if (character is ')' or ']' or '}')
            {
                depth--;
                calls -= character == ')' ? 1 : 0;
            }
            else if (character == separator && depth <= 0)
            {
                pieces.Add(text[start..i]);
                start = i + 1;
            }
        }

        pieces.Add(text[start..]);
        return pieces;
    }
}
