namespace Flama.Torch.Operators;

/// <summary>Lowers a call of an operator: adds nodes to the graph and gives what stands for the result.</summary>
internal delegate object? OperatorLowering(OperatorCall call);
