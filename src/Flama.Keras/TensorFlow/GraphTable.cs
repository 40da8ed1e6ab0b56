namespace Flama.Keras.TensorFlow;

/// <summary>A table of a graph, before it is read.</summary>
/// <param name="Node">The node that makes it.</param>
internal sealed record GraphTable(GraphNode Node);
