namespace Flama.Scoring;

/// <summary>The endings of file names that tell how rows are written down.</summary>
public static class RowsFormats
{
    private static readonly Dictionary<string, RowsFormat> Endings = new(StringComparer.OrdinalIgnoreCase)
    {
        [".csv"] = RowsFormat.Csv,
        [".tsv"] = RowsFormat.Csv,
        [".ndjson"] = RowsFormat.NdJson,
        [".jsonl"] = RowsFormat.NdJson,
    };

    private static readonly string[] Compressed = [".gz", ".zst", ".xz", ".bz2"];

    /// <summary>The format that a file's name tells, the ending of a compressed one left aside; null where it tells none.</summary>
    /// <param name="path">The path or name of a file; null for none.</param>
    public static RowsFormat? OfName(string? path)
    {
        if (path is null)
        {
            return null;
        }

        var name = Compressed.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase) ? Path.GetFileNameWithoutExtension(path) : path;
        return Endings.TryGetValue(Path.GetExtension(name), out var format) ? format : null;
    }
}
