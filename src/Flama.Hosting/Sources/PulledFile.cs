namespace Flama.Hosting.Sources;

/// <summary>A file that is in the cache, complete.</summary>
/// <param name="Path">Where. The path stays the same when the file changes at its source; the new one takes the old one's place in one step.</param>
/// <param name="IsNew">Whether it was downloaded now.</param>
/// <param name="Sha256">Its digest, hexadecimal.</param>
/// <param name="Warning">Why the source could not be asked, so that this is the file from before; null when it was.</param>
public sealed record PulledFile(string Path, bool IsNew, string Sha256, string? Warning = null);
