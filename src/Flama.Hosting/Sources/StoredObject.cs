namespace Flama.Hosting.Sources;

/// <summary>An object of a store, as its listing has it.</summary>
/// <param name="Location">Where it is.</param>
/// <param name="Version">What tells this version of it from others, the same as <see cref="SourceAnswer.Version"/> has it.</param>
/// <param name="Length">Its length in bytes.</param>
public sealed record StoredObject(Uri Location, string Version, long Length);
