namespace Flama.Onnx.Signatures;

/// <summary>Computes the outputs of a graph.</summary>
/// <param name="inputs">An array per input; stay the caller's.</param>
/// <param name="cancellationToken">Ends the computation.</param>
/// <returns>An array per output; the caller disposes them.</returns>
internal delegate ModelArray[] GraphComputation(ModelArray?[] inputs, CancellationToken cancellationToken);
