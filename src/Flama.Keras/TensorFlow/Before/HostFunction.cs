namespace Flama.Keras.TensorFlow.Before;

/// <summary>Computes an operation of TensorFlow before the graph. Any number of threads may call it at once.</summary>
/// <param name="node">The operation.</param>
/// <param name="inputs">What it reads.</param>
internal delegate HostTensor[] HostFunction(GraphNode node, IReadOnlyList<HostTensor> inputs);
