namespace Flama.ConformanceTests.Tensors;

/// <summary>One call of a golden model.</summary>
/// <param name="Id">The name of the call.</param>
/// <param name="IsError">Whether the library refuses it.</param>
/// <param name="Inputs">Makes the inputs for what the method takes.</param>
/// <param name="Expected">Makes what is to be answered, an array for each output of the method.</param>
internal sealed record WireCall(string Id, bool IsError, Func<TensorsSpec, TensorInputs> Inputs, Func<ModelMethod, IReadOnlyList<ModelArray>> Expected);
