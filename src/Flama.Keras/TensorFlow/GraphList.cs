using Flama.Keras.Graphs;

namespace Flama.Keras.TensorFlow;

/// <summary>A list of tensors of TensorFlow: what was stacked, or one that a loop fills step by step.</summary>
/// <param name="Stacked">All tensors along a first dimension; null for one that is still empty.</param>
/// <param name="Written">What a step of a loop puts into it; null for nothing.</param>
internal sealed record GraphList(Value? Stacked, Value? Written = null);
