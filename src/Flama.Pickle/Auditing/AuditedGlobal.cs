namespace Flama.Pickle;

/// <summary>A class or function that a pickle names. Immutable.</summary>
/// <param name="Global">Module and name, as the file has them.</param>
/// <param name="Use">What becomes of it.</param>
/// <param name="Count">How often the file names it; a reuse by the pickle's memo does not count.</param>
/// <param name="FirstOffset">The byte of the decompressed stream that names it first.</param>
public sealed record AuditedGlobal(GlobalName Global, AuditedUse Use, long Count, long FirstOffset)
{
    /// <summary>Why it is refused, one sentence; null where it is not.</summary>
    public string? Reason { get; init; }
}
