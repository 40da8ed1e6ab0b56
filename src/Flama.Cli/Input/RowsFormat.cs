namespace Flama.Cli.Input;

/// <summary>How rows or results are written down.</summary>
internal enum RowsFormat
{
    /// <summary>One JSON list.</summary>
    Json,

    /// <summary>One JSON value a line.</summary>
    NdJson,

    /// <summary>Comma-separated values, a record a row.</summary>
    Csv,
}
