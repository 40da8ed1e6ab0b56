namespace Flama.Packaging.Writing;

/// <summary>How a generation writes JSON.</summary>
internal enum PythonJsonStyle
{
    /// <summary>Flama 1.x, Python's defaults: a space after comma and colon, ASCII only.</summary>
    SpacedAscii,

    /// <summary>Flama 2.x: no spaces, UTF-8 as it is.</summary>
    CompactUtf8,
}
