namespace Flama.Sklearn.Statsmodels.Formulas;

/// <summary>What a piece of a term is.</summary>
internal enum FormulaTokenKind
{
    /// <summary>A name, dots included: <c>np.log</c>.</summary>
    Name,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A quoted string.</summary>
    Text,

    /// <summary>An operator, a bracket or a comma.</summary>
    Symbol,

    /// <summary>The end.</summary>
    End,
}
