namespace Flama.Sklearn.Statsmodels;

/// <summary>Computes what is predicted for one row.</summary>
/// <param name="x">The row of the design: the columns that the parameters belong to.</param>
/// <param name="output">The values.</param>
internal delegate void ResultsRule(ReadOnlySpan<double> x, Span<double> output);
