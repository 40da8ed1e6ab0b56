using Flama.Keras.Graphs;

namespace Flama.Keras.Operations;

/// <summary>Writes an operation.</summary>
/// <param name="g">The graph.</param>
/// <param name="call">What it is called with.</param>
/// <returns>A value or a list of values.</returns>
internal delegate object OperationLowering(Lowering g, OperationCall call);
