namespace Flama.ConformanceTests.Tensors;

/// <summary>A golden model of tensors, of whatever library, with calls and what they are answered.</summary>
/// <param name="Name">The name of the case.</param>
/// <param name="Load">Loads the model; may use the directory, which lives as long as the model.</param>
/// <param name="Calls">The calls.</param>
/// <param name="Expectation">How near an answer has to be.</param>
internal sealed record WireCase(string Name, Func<string, WireModel> Load, IReadOnlyList<WireCall> Calls, TensorExpectation Expectation);
