namespace Flama.Sklearn.Neighbors;

/// <summary>A number for two rows of the same length.</summary>
internal delegate double PairFunction(ReadOnlySpan<double> x, ReadOnlySpan<double> y);
