namespace Flama.Keras.TensorFlow;

/// <summary>What a loop does at each step.</summary>
/// <param name="IsPassed">Whether a state goes through unchanged, by its number.</param>
/// <param name="Condition">Writes whether there is another step, of the states.</param>
/// <param name="Step">Writes the states after a step, of those before it.</param>
internal sealed record LoopBody(Func<int, bool> IsPassed, Func<object?[], object?> Condition, Func<object?[], object?[]> Step);
