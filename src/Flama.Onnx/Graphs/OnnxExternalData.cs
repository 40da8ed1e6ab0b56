namespace Flama.Onnx.Graphs;

/// <summary>Where the elements of a tensor are, when they are in another file. Immutable. Nothing of it is checked.</summary>
/// <param name="Location">The path, relative to the model's file.</param>
/// <param name="Offset">Where they begin, as the file has it; null for its beginning.</param>
/// <param name="Length">How many bytes they take, as the file has it; null for the rest of it.</param>
public sealed record OnnxExternalData(string Location, string? Offset, string? Length);
