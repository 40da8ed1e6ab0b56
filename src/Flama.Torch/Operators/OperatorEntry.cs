namespace Flama.Torch.Operators;

/// <summary>One overload of an operator and how it is lowered.</summary>
internal sealed record OperatorEntry(Schema Schema, OperatorLowering Lower);
