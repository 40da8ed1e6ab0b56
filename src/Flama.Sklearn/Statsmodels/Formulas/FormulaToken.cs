namespace Flama.Sklearn.Statsmodels.Formulas;

/// <summary>A piece of a term.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">How it is written; a string without its quotes.</param>
internal readonly record struct FormulaToken(FormulaTokenKind Kind, string Text);
