namespace Flama.Hosting.Sources;

/// <summary>What is known of a file in the cache.</summary>
/// <param name="Version">What its source calls this version; null for nothing.</param>
/// <param name="Length">Its length in bytes; of a part, that of the whole file, or -1.</param>
/// <param name="Sha256">Its digest, hexadecimal; empty for a part.</param>
internal sealed record CacheRecord(string? Version, long Length, string Sha256);
