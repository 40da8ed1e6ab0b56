namespace Flama;

/// <summary>Computes the answer of a table method.</summary>
/// <param name="rows">The rows; stay the caller's.</param>
/// <param name="options">Threads and cancellation.</param>
/// <returns>A new answer; the caller disposes it.</returns>
public delegate ModelOutput TableComputation(FeatureBatch rows, in InvokeOptions options);
