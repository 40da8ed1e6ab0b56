namespace Flama.Hosting.Repository;

/// <summary>What the memory of a loaded model is taken for.</summary>
/// <param name="Raw">What loading allocated: the most it may be. Measured alone, what is left of that.</param>
/// <param name="IsExact">Whether it was measured alone; else the share of <paramref name="Raw"/> that stays is known for all models together.</param>
/// <param name="Bytes">The bytes that count now.</param>
internal readonly record struct MemoryCharge(long Raw, bool IsExact, long Bytes);
