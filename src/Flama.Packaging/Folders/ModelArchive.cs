using Flama.Compression;
using Flama.Packaging.Bare;
using Flama.Packaging.Reading;
using Flama.Packaging.Sources;
using Flama.Packaging.Tar;
using Flama.Packaging.Zip;

namespace Flama.Packaging.Folders;

/// <summary>A model of several files in an archive: a zip, a tar, or a compressed tar. Its main file becomes the payload, the others lie beside it.</summary>
/// <remarks>Nothing is written to disk. Links, and paths that lead out of the archive, are passed over: files are found by their names alone.</remarks>
internal static class ModelArchive
{
    private const int MagicSize = 16;

    /// <summary>Opens the archive; a payload that is none stays as it is.</summary>
    /// <param name="file">The file that it came from, for messages and limits.</param>
    /// <param name="source">The model, whose payload may be an archive.</param>
    /// <exception cref="FlamaException">The archive is damaged, has too many files, or is larger than the limits.</exception>
    public static ModelSource Open(PackageFile file, ModelSource source)
    {
        Span<byte> buffer = stackalloc byte[TarFormat.BlockSize];
        using (var stream = source.Payload.OpenRead())
        {
            buffer = buffer[..stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false)];
        }

        var files = ZipDirectory.IsZip(buffer) ? OfZip(file, source.Payload)
            : TarFormat.IsHeader(buffer) ? OfTar(file, source.Payload, null)
            : CodecTable.Detect(buffer[..Math.Min(buffer.Length, MagicSize)]) is { } codec ? OfTar(file, source.Payload, codec)
            : null;
        return files is null ? source : Below(source with { Payload = ModelPayload.Empty, SideFiles = files });
    }

    // The main file is the payload, and the paths of the others are from where that is.
    private static ModelSource Below(ModelSource source)
    {
        List<string> paths = [.. source.SideFiles.Select(side => side.Path)];
        var main = TreeProbe.MainFile(source.Format, paths);
        var root = main?[..(main.LastIndexOf('/') + 1)] ?? "";
        return source with
        {
            Payload = source.SideFiles.FirstOrDefault(side => side.Path == main)?.Content ?? source.Payload,
            SideFiles = [.. source.SideFiles.Where(side => side.Path != main && side.Path.StartsWith(root, StringComparison.Ordinal)).Select(side => side with { Path = side.Path[root.Length..] })],
        };
    }

    private static List<SideFile> OfZip(PackageFile file, ModelPayload payload)
    {
        using var stream = payload.OpenRead();
        using var archive = ZipFiles.Open(file, stream);
        CheckCount(file, archive.Entries.Count);
        var left = ZipFiles.LimitOf(file, payload);
        List<SideFile> files = [];
        foreach (var entry in archive.Entries.Where(entry => entry.Name.Length > 0))
        {
            var content = ZipFiles.Expand(file, entry, left);
            left -= content.Length;
            files.Add(new(Plain(entry.FullName), ModelPayload.FromMemory(content)));
        }

        return files;
    }

    private static List<SideFile> OfTar(PackageFile file, ModelPayload payload, Codec? codec)
    {
        using var raw = payload.OpenRead();
        using var archive = codec is null ? new PartStream(file, "tar archive", raw, file.Limits.MaxModelBytes) : file.Decompress(codec, raw, "tar archive", file.Limits.MaxModelBytes);
        TarReader tar = new(file, archive);
        List<SideFile> files = [];
        while (tar.Next() is { } entry)
        {
            if (entry.Kind != TarEntryKind.File)
            {
                continue;
            }

            CheckCount(file, files.Count + 1);
            using PayloadBuilder content = new();
            Span<byte> chunk = new byte[64 << 10];
            while (tar.Remaining > 0)
            {
                content.Append(chunk[..tar.Read(chunk)]);
            }

            files.Add(new(Plain(entry.Name), content.ToPayload()));
        }

        return files;
    }

    private static string Plain(string path) => path.StartsWith("./", StringComparison.Ordinal) ? path[2..] : path;

    private static void CheckCount(PackageFile file, int count)
    {
        if (count > file.Limits.MaxArtifacts)
        {
            throw file.TooLarge("the number of files in it", file.Limits.MaxArtifacts, nameof(PackageLimits.MaxArtifacts));
        }
    }
}
