using System.IO.Compression;
using Flama.Packaging.Reading;

namespace Flama.Packaging.Zip;

/// <summary>Expands entries of a zip archive that came from anywhere: bounded by the size of the archive.</summary>
internal static class ZipFiles
{
    private const int ChunkSize = 64 << 10;
    private const long FreeBytes = 64L << 20;
    private const long MaxRatio = 200;

    /// <summary>How many bytes may come out of an archive.</summary>
    public static long LimitOf(PackageFile file, ModelPayload archive) => Math.Min(file.Limits.MaxModelBytes, Math.Max(FreeBytes, MaxRatio * archive.Length));

    /// <summary>Opens an archive.</summary>
    /// <exception cref="FlamaException">It is damaged.</exception>
    public static ZipArchive Open(PackageFile file, Stream stream)
    {
        ZipArchive? archive = null;
        try
        {
            archive = new ZipArchive(stream, ZipArchiveMode.Read);

            // The directory is read, and found to be damaged, when it is first asked for.
            _ = archive.Entries;
            return archive;
        }
        catch (InvalidDataException)
        {
            archive?.Dispose();
            throw file.Corrupt("it is a damaged zip archive");
        }
    }

    /// <summary>The content of an entry.</summary>
    /// <exception cref="FlamaException">It is damaged, or larger than the limit.</exception>
    public static ReadOnlyMemory<byte> Expand(PackageFile file, ZipArchiveEntry entry, long limit)
    {
        try
        {
            using var stream = entry.Open();
            using var content = new MemoryStream();
            var chunk = new byte[ChunkSize];
            for (int count; (count = stream.Read(chunk)) > 0;)
            {
                if (content.Length + count > limit)
                {
                    throw file.TooLarge("the model in it", limit, nameof(PackageLimits.MaxModelBytes));
                }

                content.Write(chunk, 0, count);
            }

            return content.ToArray();
        }
        catch (InvalidDataException)
        {
            throw file.Corrupt("it is a damaged zip archive");
        }
    }
}
