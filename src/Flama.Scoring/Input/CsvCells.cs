using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Flama.Json;

namespace Flama.Scoring.Input;

/// <summary>Reads cells of comma-separated values for the features of a model, as pandas reads them with its defaults.</summary>
/// <remarks>
/// A missing cell is NaN, as in pandas. What a cell is, depends on its feature: for a number feature, a number, <c>True</c> or <c>False</c>; for a text
/// feature, text with its blanks; for one that takes both, a number where it reads as one.
/// </remarks>
internal sealed class CsvCells
{
    private const int MaxShown = 160;
    private const int LongestNumber = 400;

    private readonly bool isDocument;
    private readonly bool[] isText;
    private readonly TextCells texts;

    /// <summary>Makes the reader of a model's features.</summary>
    /// <param name="spec">What rows the model takes.</param>
    /// <param name="texts">Remembers strings.</param>
    public CsvCells(TableSpec spec, TextCache texts)
    {
        isText = [.. spec.Features.Select(IsAlwaysText)];
        isDocument = spec.RowForm == RowForm.Document;
        this.texts = new TextCells(texts);
    }

    /// <summary>Reads one cell.</summary>
    /// <param name="plan">What the feature takes.</param>
    /// <param name="column">The feature's position.</param>
    /// <param name="cell">Where the cell is.</param>
    /// <param name="window">The bytes.</param>
    /// <param name="number">The number, or NaN for a missing cell.</param>
    /// <param name="text">The text; null where the cell is a number or missing.</param>
    public CellFault Read(CellPlan plan, int column, in CsvCell cell, ReadOnlySpan<byte> window, out double number, out string? text)
    {
        var bytes = cell.Of(window);
        text = null;
        if (!(isDocument || (column < isText.Length && isText[column])))
        {
            if (CsvNumber.TryParsePlain(bytes, out number))
            {
                return plan.TakesNumbers ? CellRules.Number(plan, ref number) : CellFault.NotText;
            }

            var trimmed = bytes.Trim(" \t"u8);
            if (TryReadNumber(plan, trimmed, out number))
            {
                return CellRules.Number(plan, ref number);
            }
        }

        if (IsMissing(plan, bytes, cell.IsQuoted))
        {
            number = double.NaN;
            return CellRules.Number(plan, ref number);
        }

        if (!plan.IsUsed)
        {
            number = FeatureBatch.Null;
            return CellFault.None;
        }

        return ReadText(plan, cell, bytes, out number, out text);
    }

    /// <summary>A cell for a message.</summary>
    public static string Shown(ReadOnlySpan<byte> cell) =>
        cell.IsEmpty ? "empty" : Excerpt.Of(Encoding.UTF8.GetString(cell.Length > MaxShown ? cell[..MaxShown] : cell));

    private CellFault ReadText(CellPlan plan, in CsvCell cell, ReadOnlySpan<byte> bytes, out double number, out string? text)
    {
        number = 0;
        text = texts.Get(bytes, cell.HasDoubledQuotes);
        if (text is null)
        {
            return CellFault.NotUtf8;
        }

        var fault = CellRules.Text(plan, text, out var parsed);
        if (parsed is { } value)
        {
            text = null;
            number = value;
            return CellRules.Number(plan, ref number);
        }

        return fault;
    }

    private static bool TryReadNumber(CellPlan plan, ReadOnlySpan<byte> text, out double number)
    {
        number = 0;
        if (text.IsEmpty || text.Length > LongestNumber || !plan.TakesNumbers)
        {
            return false;
        }

        if (CsvNumber.TryParsePlain(text, out number))
        {
            return true;
        }

        if (!plan.KeepsText && CsvNumber.TryParseFlag(text, out number))
        {
            return true;
        }

        Span<char> letters = stackalloc char[text.Length];
        return Utf8.ToUtf16(text, letters, out _, out var length, replaceInvalidSequences: false) == OperationStatus.Done
            && PythonNumber.TryParse(letters[..length], out number)
            && !double.IsNaN(number);
    }

    private bool IsMissing(CellPlan plan, ReadOnlySpan<byte> cell, bool isQuoted)
    {
        if (isDocument)
        {
            return cell.IsEmpty && !isQuoted;
        }

        return !plan.KeepsText ? MissingWords.ContainsTrimmed(cell) : MissingWords.Contains(cell) && !TakesWord(plan, cell);
    }

    // A word for missing that is one of the categories of training was text there.
    private static bool TakesWord(CellPlan plan, ReadOnlySpan<byte> cell) =>
        plan.Feature.Categories.Count > 0 && !cell.IsEmpty && plan.IsKnown(Encoding.UTF8.GetString(cell));

    // Known categories that are all text make digits text as well.
    private static bool IsAlwaysText(Feature feature) =>
        feature.Kind == FeatureKind.Text
        || (feature.Kind == FeatureKind.Any && feature.Categories.Count > 0
            && feature.Categories.All(category => category.Kind is ScalarKind.Text or ScalarKind.Null));
}
