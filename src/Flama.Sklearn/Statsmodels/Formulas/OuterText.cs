namespace Flama.Sklearn.Statsmodels.Formulas;

/// <summary>Follows a design's name from left to right and tells what stands outside brackets and quotes.</summary>
/// <remarks>Quotes count within calls only: a level's name may hold an apostrophe.</remarks>
internal struct OuterText
{
    private int depth;
    private int calls;
    private char quote;

    /// <summary>Takes the next character.</summary>
    /// <returns>Whether it stands outside; a bracket that opens or closes the outer level does.</returns>
    public bool Takes(char character)
    {
        if (quote != '\0')
        {
            quote = character == quote ? '\0' : quote;
            return false;
        }

        if (calls > 0 && character is ('\'' or '"'))
        {
            quote = character;
            return false;
        }

        var isOuter = depth <= 0;
        switch (character)
        {
            case '(' or '[' or '{':
                depth++;
                calls += character == '(' ? 1 : 0;
                break;
            case ')' or ']' or '}':
                depth--;
                calls -= character == ')' ? 1 : 0;
                break;
        }

        return isOuter;
    }
}
