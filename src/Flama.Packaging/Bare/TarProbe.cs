using Flama.Packaging.Reading;
using Flama.Packaging.Tar;

namespace Flama.Packaging.Bare;

/// <summary>Tells tar archives by the names of their entries.</summary>
internal static class TarProbe
{
    private const int MaxEntries = 10_000;

    /// <summary>Tells what the archive is.</summary>
    /// <exception cref="FlamaException">The archive is damaged.</exception>
    public static ModelFormat Recognize(PackageFile file)
    {
        using var stream = new PartStream(file, "tar archive", file.Source.OpenRead(0, file.Source.Length), long.MaxValue);
        var tar = new TarReader(file, stream);
        List<string> names = [];
        while (names.Count < MaxEntries && tar.Next() is { } entry)
        {
            names.Add(entry.Name);
        }

        return OfNames(names);
    }

    /// <summary>Tells what an archive of these entries is.</summary>
    public static ModelFormat OfNames(IReadOnlyList<string> names) => TreeProbe.Recognize(names) ?? TreeProbe.WithModel(ModelFormats.Tar, names);
}
