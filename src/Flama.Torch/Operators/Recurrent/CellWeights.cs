using Flama.Torch.Lowering;

namespace Flama.Torch.Operators.Recurrent;

/// <summary>The weights of one direction of one layer.</summary>
/// <param name="Input">Gates by features.</param>
/// <param name="Hidden">Gates by state.</param>
/// <param name="InputBias">Null for none.</param>
/// <param name="HiddenBias">Null for none.</param>
/// <param name="Projection">What the state is multiplied with; null for none.</param>
internal sealed record CellWeights(Tensor Input, Tensor Hidden, Tensor? InputBias, Tensor? HiddenBias, Tensor? Projection)
{
    public static CellWeights Of(OperatorCall call) => new(call.Tensor("w_ih"), call.Tensor("w_hh"), call.FindTensor("b_ih"), call.FindTensor("b_hh"), null);
}
