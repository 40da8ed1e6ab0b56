namespace Flama.Json;

/// <summary>What a feature takes in a cell, and the words for what it does not take: the same for rows in JSON and rows in files.</summary>
internal static class CellRules
{
    /// <summary>Judges a number, or NaN for missing.</summary>
    /// <param name="cell">The feature.</param>
    /// <param name="value">The number; for a feature that the model never looks at it becomes one that it can hold.</param>
    public static CellFault Number(CellPlan cell, ref double value)
    {
        if (!cell.IsUsed)
        {
            value = double.IsFinite(value) ? value : FeatureBatch.Null;
            return CellFault.None;
        }

        if (double.IsNaN(value) && !cell.AllowsMissing)
        {
            return CellFault.Missing;
        }

        if (double.IsInfinity(value) && !cell.AllowsInfinity)
        {
            return CellFault.Infinite;
        }

        return cell.IsKnown(value) ? CellFault.None : CellFault.UnknownCategory;
    }

    /// <summary>Judges a text for a feature that the model looks at.</summary>
    /// <param name="cell">The feature.</param>
    /// <param name="text">The text.</param>
    /// <param name="number">The number it stands for where the feature reads text as numbers; else null. It is to be judged as one.</param>
    public static CellFault Text(CellPlan cell, ReadOnlySpan<char> text, out double? number)
    {
        number = null;
        if (!cell.KeepsText && !cell.ParsesText)
        {
            return CellFault.NotANumber;
        }

        if (cell.ParsesText && PythonNumber.TryParse(text, out var parsed))
        {
            number = parsed;
            return CellFault.None;
        }

        return !cell.KeepsText ? CellFault.Unreadable : cell.IsKnown(text) ? CellFault.None : CellFault.UnknownCategory;
    }

    /// <summary>The fault as the rest of a sentence that begins with the cell.</summary>
    /// <param name="fault">The fault.</param>
    /// <param name="cell">The feature.</param>
    /// <param name="shown">What was written, quoted where it is text.</param>
    public static string Describe(CellFault fault, CellPlan cell, string shown) => Words(fault, cell, cell.Feature.Rule is { IsSensitive: true } ? "(not shown)" : shown);

    private static string Words(CellFault fault, CellPlan cell, string shown) => fault switch
    {
        CellFault.Missing => $"is {shown}, and the model does not take missing values there",
        CellFault.Infinite => $"is {shown}, expected a finite number",
        CellFault.UnknownCategory => $"is {shown}, expected one of {cell.DescribeCategories()}",
        CellFault.NotANumber => $"is the text {shown}, expected a number",
        CellFault.Unreadable => $"is the text {shown}, which does not read as a number",
        CellFault.NotText => $"is {shown}, expected text",
        CellFault.NotUtf8 => "is not valid UTF-8",
        _ => $"is {shown}, which is outside float64 (up to about 1.8e308)",
    };

    /// <summary>The stable name of the fault.</summary>
    public static string TypeOf(CellFault fault) => fault switch
    {
        CellFault.Missing => ProblemTypes.MissingValue,
        CellFault.Infinite => ProblemTypes.Infinity,
        CellFault.UnknownCategory => ProblemTypes.UnknownCategory,
        CellFault.NotANumber => ProblemTypes.NotANumber,
        CellFault.Unreadable => ProblemTypes.UnreadableNumber,
        CellFault.NotText => ProblemTypes.NotText,
        _ => ProblemTypes.NumberRange,
    };
}
