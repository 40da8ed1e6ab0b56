namespace Flama.Sklearn.Tree;

/// <summary>A regression tree: the value, or values, of the leaf that the row ends in.</summary>
/// <remarks>
/// Cells are rounded to float32 before they are compared. Missing values are refused before 1.3; later they go where training sent them.
/// Source: sklearn.tree._classes, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class DecisionTreeRegressor(EstimatorState state) : TreeRegressor(state, SingleTree.ReadRegressor);
