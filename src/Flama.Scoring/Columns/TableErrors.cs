namespace Flama.Scoring.Columns;

/// <summary>What is wrong with a file of a format.</summary>
/// <param name="format">The name of the format.</param>
internal sealed class TableErrors(string format)
{
    /// <summary>The file contradicts the format or itself.</summary>
    /// <param name="what">What is wrong: the rest of a sentence.</param>
    public FlamaException Corrupt(string what) => new(
        ErrorCodes.InvalidInput, $"The input is not a whole {format} file: {what}.", "Check that it was copied completely, or write it again.");

    /// <summary>The file uses what is not read.</summary>
    /// <param name="what">What: the rest of a sentence.</param>
    public FlamaException Unsupported(string what) => new(
        ErrorCodes.InvalidInput, $"The {format} input cannot be read: {what}.", $"Write it with the defaults of pandas or pyarrow, or as CSV.");

    /// <summary>The file asks for more than its size warrants.</summary>
    /// <param name="what">What: the rest of a sentence.</param>
    public FlamaException TooLarge(string what) => new(
        ErrorCodes.InputTooLarge, $"The {format} input asks for too much: {what}.", "Write it in smaller groups of rows, or as CSV.");
}
