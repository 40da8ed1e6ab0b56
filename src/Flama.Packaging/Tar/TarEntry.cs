namespace Flama.Packaging.Tar;

/// <summary>One entry of a tar archive.</summary>
/// <param name="Name">Its path inside of the archive.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">Where its content starts in the (decompressed) archive.</param>
/// <param name="Size">The size of its content.</param>
internal readonly record struct TarEntry(string Name, TarEntryKind Kind, long Offset, long Size);
