namespace Flama.Tables;

/// <summary>Computes the answers of some rows.</summary>
/// <param name="rows">The rows.</param>
/// <param name="output">As many rows.</param>
internal delegate void RowComputation(FeatureBatch rows, OutputSlice output);
