using System.IO.Compression;
using System.Text.Json;
using Flama.Tests;

namespace Flama.Pickle.Tests;

/// <summary>The archive of hostile and odd pickles, with what its manifest expects of each.</summary>
internal static class HostileArchive
{
    /// <summary>One file of the archive.</summary>
    public sealed record Entry(string File, string Expect, string Code, double[][]? X, double[][]? Transform);

    /// <summary>The files, in the manifest's order.</summary>
    public static IReadOnlyList<Entry> Entries { get; } = ReadManifest();

    /// <summary>The bytes of a file.</summary>
    public static byte[] Read(string file)
    {
        using var archive = Open();
        return Read(archive.GetEntry(file)!);
    }

    /// <summary>The bytes of an archive's entry.</summary>
    public static byte[] Read(ZipArchiveEntry entry)
    {
        using var stream = entry.Open();
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    private static ZipArchive Open() => ZipFile.OpenRead(Fixtures.PathOf("hostile-pickles", "hostile-pickles.zip"));

    private static Entry[] ReadManifest()
    {
        using var manifest = JsonDocument.Parse(Read("manifest.json"));
        return
        [
            .. manifest.RootElement.GetProperty("files").EnumerateArray().Select(file => new Entry(
                file.GetProperty("file").GetString()!,
                file.GetProperty("expect").GetString()!,
                file.GetProperty("code").GetString()!,
                Matrix(file, "X"),
                Matrix(file, "transform"))),
        ];
    }

    private static double[][]? Matrix(JsonElement file, string name) => file.TryGetProperty(name, out var matrix)
        ? [.. matrix.EnumerateArray().Select(row => row.EnumerateArray().Select(cell => cell.GetDouble()).ToArray())]
        : null;
}
