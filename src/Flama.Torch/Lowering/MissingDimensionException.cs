namespace Flama.Torch.Lowering;

/// <summary>An operator asks for a dimension that a tensor lacks.</summary>
/// <param name="rank">How many the tensor has.</param>
internal sealed class MissingDimensionException(int rank) : Exception($"a tensor of {rank} dimensions is not what it takes");
