namespace Flama.Torch.Lowering;

/// <summary>Sequences of several lengths that a program packs: they are computed padded, with their lengths.</summary>
/// <param name="Rows">Padded, time × batch × features.</param>
/// <param name="Lengths">The lengths, int64.</param>
internal sealed record PackedRows(Tensor Rows, Tensor Lengths);
