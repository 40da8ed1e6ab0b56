namespace Flama.Torch.Operators;

/// <summary>One overload of an operator and how it is lowered. Immutable.</summary>
/// <param name="Schema">What it takes.</param>
/// <param name="Lower">How it is lowered.</param>
/// <param name="Family">The family whose list it is in.</param>
internal sealed record OperatorEntry(Schema Schema, OperatorLowering Lower, string Family)
{
    /// <summary>Why it is always refused; null for one that is lowered.</summary>
    public string? Refusal { get; init; }
}
