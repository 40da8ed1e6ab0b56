namespace Flama.Json;

/// <summary>What can be wrong with one cell of a row.</summary>
internal enum CellFault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Missing where the model takes no missing values.</summary>
    Missing,

    /// <summary>Infinite where the model takes finite numbers.</summary>
    Infinite,

    /// <summary>None of the values that the feature takes.</summary>
    UnknownCategory,

    /// <summary>Text where the model takes numbers.</summary>
    NotANumber,

    /// <summary>Text that does not read as a number where the model reads text as one.</summary>
    Unreadable,

    /// <summary>A number or a boolean where the model takes text.</summary>
    NotText,

    /// <summary>A number outside float64.</summary>
    OutOfRange,

    /// <summary>Bytes that are not UTF-8.</summary>
    NotUtf8,
}
