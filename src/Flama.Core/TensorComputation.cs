namespace Flama;

/// <summary>Computes the answer of a tensor method.</summary>
/// <param name="inputs">The tensors; stay the caller's.</param>
/// <param name="options">Threads and cancellation.</param>
/// <returns>A new answer; the caller disposes it.</returns>
public delegate ModelOutput TensorComputation(TensorInputs inputs, in InvokeOptions options);
