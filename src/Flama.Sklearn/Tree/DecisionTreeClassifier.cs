namespace Flama.Sklearn.Tree;

/// <summary>A decision tree: the probability of a class is its share of the leaf that the row ends in.</summary>
/// <remarks>
/// Cells are rounded to float32 before they are compared. Missing values are refused before 1.3; later they go where training sent them.
/// Source: sklearn.tree._classes, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class DecisionTreeClassifier(EstimatorState state) : TreeClassifier(state, SingleTree.ReadClassifier);
