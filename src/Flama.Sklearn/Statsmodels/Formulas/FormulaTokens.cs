namespace Flama.Sklearn.Statsmodels.Formulas;

/// <summary>Splits the text of a term into names, numbers, strings and symbols.</summary>
internal static class FormulaTokens
{
    private const int LongestTerm = 2000;

    private static readonly string[] Symbols = ["**", "//", "<=", ">=", "==", "!="];

    /// <summary>The pieces, without an end.</summary>
    /// <exception cref="FlamaException">The text is too long, or has a string without an end.</exception>
    public static List<FormulaToken> Split(EstimatorState data, string text)
    {
        if (text.Length > LongestTerm)
        {
            throw data.Unsupported($"a term of the formula with {text.Length} characters");
        }

        var tokens = new List<FormulaToken>();
        for (var at = 0; at < text.Length;)
        {
            var start = at;
            var first = text[at];
            if (char.IsWhiteSpace(first))
            {
                at++;
            }
            else if (char.IsLetter(first) || first == '_')
            {
                at = End(text, at, character => char.IsLetterOrDigit(character) || character is '_' or '.');
                tokens.Add(new(FormulaTokenKind.Name, text[start..at]));
            }
            else if (char.IsAsciiDigit(first) || (first == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
            {
                at = EndOfNumber(text, at);
                tokens.Add(new(FormulaTokenKind.Number, text[start..at]));
            }
            else if (first is '\'' or '"')
            {
                at = text.IndexOf(first, at + 1) + 1;
                if (at == 0)
                {
                    throw data.Unsupported($"the term '{text}' of the formula");
                }

                tokens.Add(new(FormulaTokenKind.Text, text[(start + 1)..(at - 1)]));
            }
            else
            {
                var symbol = Symbols.FirstOrDefault(symbol => string.CompareOrdinal(text, at, symbol, 0, symbol.Length) == 0) ?? text[at..(at + 1)];
                at += symbol.Length;
                tokens.Add(new(FormulaTokenKind.Symbol, symbol));
            }
        }

        return tokens;
    }

    private static int End(string text, int at, Func<char, bool> belongs)
    {
        while (at < text.Length && belongs(text[at]))
        {
            at++;
        }

        return at;
    }

    private static int EndOfNumber(string text, int at)
    {
        at = End(text, at, character => char.IsAsciiDigit(character) || character == '.');
        if (at < text.Length && text[at] is ('e' or 'E'))
        {
            var digits = at + 1 < text.Length && text[at + 1] is ('+' or '-') ? at + 2 : at + 1;
            var end = End(text, digits, char.IsAsciiDigit);
            at = end > digits ? end : at;
        }

        return at;
    }
}
