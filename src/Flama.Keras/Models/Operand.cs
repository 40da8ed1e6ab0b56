namespace Flama.Keras.Models;

/// <summary>One output of a call of a layer, as another call refers to it. Immutable.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Call">Which call of it.</param>
/// <param name="Output">Which of its outputs.</param>
internal sealed record Operand(string Layer, int Call, int Output);
