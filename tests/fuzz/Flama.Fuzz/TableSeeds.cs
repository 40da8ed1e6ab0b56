using Apache.Arrow.Ipc;
using Flama.Scoring.Tests.Tables;
using Flama.Tests.Tables;
using Parquet;

namespace Flama.Fuzz;

/// <summary>Small files of tables in every form that is read, with the columns of a model: what fuzzing starts from.</summary>
internal static class TableSeeds
{
    private const int Rows = 12;

    private static readonly (CompressionMethod Compression, EncodingHint Encoding)[] ParquetForms =
    [
        (CompressionMethod.None, EncodingHint.Default),
        (CompressionMethod.Snappy, EncodingHint.Dictionary),
        (CompressionMethod.Gzip, EncodingHint.Dictionary),
        (CompressionMethod.Brotli, EncodingHint.Default),
        (CompressionMethod.Zstd, EncodingHint.DeltaBinaryPacked),
        (CompressionMethod.Lz4Raw, EncodingHint.ByteSplitStream),
    ];

    /// <summary>Writes the files.</summary>
    /// <param name="directory">Where to; made where it is not there.</param>
    /// <param name="features">The columns.</param>
    public static async Task WriteAsync(string directory, IReadOnlyList<Feature> features)
    {
        Directory.CreateDirectory(directory);
        TypedTable table = new([.. features.Select(Column)]);
        foreach (var (compression, encoding) in ParquetForms)
        {
            ParquetOptions options = new() { CompressionMethod = compression };
            foreach (var column in table.Columns.Where(column => Takes(column, encoding)))
            {
                options.ColumnEncodingHints[column.Name] = encoding;
            }

            await File.WriteAllBytesAsync(Path.Combine(directory, $"{compression}.parquet"), await table.ToParquetAsync(options, Rows / 2));
        }

        foreach (CompressionCodecType? codec in new CompressionCodecType?[] { null, CompressionCodecType.Lz4Frame, CompressionCodecType.Zstd })
        {
            IpcOptions options = new() { CompressionCodec = codec, CompressionCodecFactory = new ArrowCodecs() };
            await File.WriteAllBytesAsync(Path.Combine(directory, $"{codec?.ToString() ?? "Plain"}.arrow"), table.ToArrow(isFile: true, options, Rows / 2));
        }

        TypedTable[] others =
        [
            table,
            new([.. table.Columns.Select(column => column with { IsDictionary = true })]),
            new([.. table.Columns.Select(column => column with { IsView = true })]),
        ];
        for (var i = 0; i < others.Length; i++)
        {
            await File.WriteAllBytesAsync(Path.Combine(directory, $"{i}.arrows"), others[i].ToArrow(isFile: false, batchRows: Rows / 2));
        }
    }

    private static bool Takes(TypedColumn column, EncodingHint encoding) => encoding switch
    {
        EncodingHint.Dictionary => column.Type == typeof(string),
        EncodingHint.DeltaBinaryPacked => column.Type == typeof(long) || column.Type == typeof(int),
        EncodingHint.ByteSplitStream => column.Type == typeof(double) || column.Type == typeof(float),
        _ => false,
    };

    private static TypedColumn Column(Feature feature, int i)
    {
        var name = feature.Name ?? $"x{i}";
        return feature.Kind == FeatureKind.Number
            ? (i % 4) switch
            {
                0 => new(name, typeof(double), Cells(row => row % 5 == 0 ? null : row / 3.0)),
                1 => new(name, typeof(long), Cells(row => (long)row)),
                2 => new(name, typeof(float), Cells(row => row / 4f)),
                _ => new(name, typeof(int), Cells(row => row % 7 == 0 ? null : row)),
            }
            : new(name, typeof(string), Cells(row => row % 6 == 0 ? null : feature.Categories.Count > 0 ? $"{feature.Categories[row % feature.Categories.Count]}" : $"word {row % 3}"));
    }

    private static object?[] Cells(Func<int, object?> cell) => [.. Enumerable.Range(0, Rows).Select(cell)];
}
