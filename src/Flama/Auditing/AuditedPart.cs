namespace Flama;

/// <summary>A part of an audited file: an artifact, or the model itself. Immutable.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Bytes">Its size when it is unwrapped.</param>
/// <param name="Sha256">The digest of its bytes, in lower-case hexadecimal.</param>
public sealed record AuditedPart(string Name, long Bytes, string Sha256);
