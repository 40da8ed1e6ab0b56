namespace Flama.Scoring.Input;

/// <summary>Where a cell is in the window, without the quotation marks around it.</summary>
/// <param name="Start">The position of its first byte.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="IsQuoted">Whether quotation marks stood around it.</param>
/// <param name="HasDoubledQuotes">Whether quotation marks inside are doubled.</param>
internal readonly record struct CsvCell(int Start, int Length, bool IsQuoted, bool HasDoubledQuotes)
{
    /// <summary>Its bytes; doubled quotation marks are still doubled.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> window) => window.Slice(Start, Length);
}
