namespace Flama;

/// <summary>One thing that is wrong with an audited file. Immutable.</summary>
/// <param name="Code">The kind of failure.</param>
/// <param name="Message">What is wrong, and where.</param>
/// <param name="Remedy">What to do about it; null for nothing to suggest.</param>
public sealed record AuditFinding(ErrorCode Code, string Message, string? Remedy)
{
    /// <summary>The byte of the decompressed pickle that it is about; null for none.</summary>
    public long? Offset { get; init; }
}
