using Flama.Scoring.Arrow;
using Flama.Scoring.Parquet;

namespace Flama.Scoring.Columns;

/// <summary>The formats of table files, told by their first bytes.</summary>
internal static class TableFormats
{
    private static readonly TableFormat[] All =
    [
        new("Parquet", ParquetTable.IsParquet, ParquetTable.OpenAsync),
        new("Arrow", ArrowTable.IsFile, ArrowTable.OpenFileAsync),
        new("Arrow", ArrowTable.IsStream, ArrowTable.OpenStreamAsync),
        new("Arrow", ArrowTable.IsFirstFeather, ArrowTable.RefuseAsync),
    ];

    /// <summary>The format of an input; null where it is none of them.</summary>
    /// <param name="prefix">The first bytes.</param>
    public static TableFormat? Of(ReadOnlySpan<byte> prefix)
    {
        // Nothing more is asked of a text, which most inputs are.
        if (prefix is not [(byte)'P' or (byte)'A' or (byte)'F' or 0xFF, ..])
        {
            return null;
        }

        var bytes = prefix.ToArray();
        return Array.Find(All, format => format.IsMatch(bytes));
    }
}
