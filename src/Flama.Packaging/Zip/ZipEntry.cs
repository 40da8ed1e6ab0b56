namespace Flama.Packaging.Zip;

/// <summary>An entry of a zip archive, as the archive's directory tells it; nothing of it is checked.</summary>
/// <param name="Name">The path in the archive.</param>
/// <param name="Method">How it is compressed; 0 for not at all.</param>
/// <param name="CompressedSize">Its bytes in the archive; -1 where a 64-bit record tells it.</param>
/// <param name="HeaderOffset">Where its local header stands; -1 where a 64-bit record tells it.</param>
internal readonly record struct ZipEntry(string Name, int Method, long CompressedSize, long HeaderOffset);
