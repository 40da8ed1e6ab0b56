namespace Flama.Sklearn.Statsmodels.Formulas;

/// <summary>A number computed from one row's variables; NaN where one is missing.</summary>
/// <param name="owner">Whom errors name.</param>
/// <param name="input">Rows with the formula's variables.</param>
/// <param name="row">Which row.</param>
internal delegate double FormulaValue(Estimator owner, FeatureBatch input, int row);
