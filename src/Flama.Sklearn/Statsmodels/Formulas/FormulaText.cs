namespace Flama.Sklearn.Statsmodels.Formulas;

/// <summary>The outer shape of a design's names: factors, and a factor's part in square brackets.</summary>
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
        OuterText outer = default;
        for (var i = 0; i < factor.Length; i++)
        {
            if (outer.Takes(factor[i]) && factor[i] == '[')
            {
                return (factor[..i], factor[(i + 1)..^1]);
            }
        }

        return null;
    }

    /// <summary>The first argument of a call; a bracket that is not closed ends with the text.</summary>
    public static string FirstArgument(string call)
    {
        var open = call.IndexOf('(', StringComparison.Ordinal);
        var close = call.LastIndexOf(')');
        return Split(call[(open + 1)..(close > open ? close : call.Length)], ',')[0].Trim();
    }

    /// <summary>The pieces between separators that stand outside brackets and quotes.</summary>
    public static List<string> Split(string text, char separator)
    {
        var pieces = new List<string>();
        var start = 0;
        OuterText outer = default;
        for (var i = 0; i < text.Length; i++)
        {
            if (outer.Takes(text[i]) && text[i] == separator)
            {
                pieces.Add(text[start..i]);
                start = i + 1;
            }
        }

        pieces.Add(text[start..]);
        return pieces;
    }
}
