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

    /// <summary>The format that a file's name tells; null where it tells none.</summary>
    /// <param name="path">The path or name of a file; null for none.</param>
    public static RowsFormat? OfName(string? path) =>
        path is not null && Endings.TryGetValue(Path.GetExtension(path), out var format) ? format : null;
}
