using Flama.Sklearn.Tree;

namespace Flama.Sklearn.Ensemble;

/// <summary>Random forest and extremely randomised trees: the mean of the trees' values.</summary>
/// <remarks>
/// Cells are rounded to float32. Source: sklearn.ensemble._forest, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class ForestRegressor(EstimatorState state) : TreeRegressor(state, ForestTrees.ReadRegressor);
