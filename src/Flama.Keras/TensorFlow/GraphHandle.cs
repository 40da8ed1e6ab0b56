namespace Flama.Keras.TensorFlow;

/// <summary>A variable, before it is read.</summary>
/// <param name="Name">The node that makes it.</param>
internal sealed record GraphHandle(string Name);
