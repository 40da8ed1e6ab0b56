namespace Flama.Scoring;

/// <summary>How rows or results are written down.</summary>
public enum RowsFormat
{
    /// <summary>One JSON list.</summary>
    Json,

    /// <summary>One JSON value per line.</summary>
    NdJson,

    /// <summary>Comma-separated values, a record per row.</summary>
    Csv,
}
