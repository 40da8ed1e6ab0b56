using System.Buffers;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using Flama.Json;
using Flama.Tables;

namespace Flama.Scoring.Input;

/// <summary>Reads cells of comma-separated values for the features of a model, as pandas reads them with its defaults.</summary>
/// <remarks>
/// A missing cell is NaN, as in pandas. What a cell is, depends on what its column was in training: text with its blanks where that was text; else a number
/// where it reads as one; <c>True</c> or <c>False</c> as 1 or 0 unless training had other things there.
/// </remarks>
internal sealed class CsvCells
{
    private const int MaxShown = 160;
    private const int LongestNumber = 400;
    private const int LongestDigits = 20;

    private readonly bool isDocument;
    private readonly CellTypes[] types;
    private readonly bool[] isText;
    private readonly bool[] takesEveryNumber;
    private readonly Func<string, bool>?[] sawText;
    private readonly TextCells texts;

    /// <summary>Makes the reader of a model's features.</summary>
    /// <param name="spec">What rows the model takes.</param>
    /// <param name="texts">Remembers strings.</param>
    public CsvCells(TableSpec spec, TextCache texts)
    {
        types = [.. spec.Features.Select(TypesOf)];
        isText = [.. spec.Features.Select((feature, i) => IsText(feature, types[i]))];
        takesEveryNumber = [.. spec.Features.Select(feature => new CellPlan(feature).TakesEveryNumber)];
        sawText = [.. spec.Features.Select(feature => feature.SawText)];
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
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public CellFault Read(CellPlan plan, int column, in CsvCell cell, ReadOnlySpan<byte> window, out double number, out string? text)
    {
        var bytes = cell.Of(window);
        text = null;
        if (!(isDocument || (column < isText.Length && isText[column])) && TryReadNumber(plan, column, bytes, out number))
        {
            if (column < sawText.Length && sawText[column] is { } saw && IsCategory(cell, bytes, number, saw))
            {
                return ReadText(plan, cell, bytes, out number, out text);
            }

            if (column < takesEveryNumber.Length && takesEveryNumber[column] && double.IsFinite(number))
            {
                return CellFault.None;
            }

            return plan.KeepsDigits && DigitsOf(bytes) is { } digits
                ? KeepDigits(plan, digits, out text)
                : plan.TakesNumbers ? CellRules.Number(plan, ref number) : CellFault.NotText;
        }

        if (IsMissing(plan, column, bytes, cell.IsQuoted))
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

    // 007 where training had it as text; the digits of the number itself are the same category either way.
    private bool IsCategory(in CsvCell cell, ReadOnlySpan<byte> bytes, double number, Func<string, bool> saw)
    {
        Span<byte> digits = stackalloc byte[LongestDigits];
        return !(number == Math.Floor(number) && Math.Abs(number) < long.MaxValue && ((long)number).TryFormat(digits, out var length, default, CultureInfo.InvariantCulture) && bytes.SequenceEqual(digits[..length]))
            && texts.Get(bytes, cell.HasDoubledQuotes) is { } text && saw(text);
    }

    private static CellFault KeepDigits(CellPlan plan, string digits, out string? text)
    {
        text = digits;
        return plan.IsKnown(digits) ? CellFault.None : CellFault.UnknownCategory;
    }

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

    private bool TryReadNumber(CellPlan plan, int column, ReadOnlySpan<byte> cell, out double number)
    {
        if (CsvNumber.TryParsePlain(cell, out number))
        {
            return true;
        }

        var text = cell.Trim(" \t"u8);
        if (text.IsEmpty || text.Length > LongestNumber || !plan.TakesNumbers)
        {
            return false;
        }

        if (CsvNumber.TryParsePlain(text, out number) || (TakesFlags(plan, column) && CsvNumber.TryParseFlag(text, out number)))
        {
            return true;
        }

        Span<char> letters = stackalloc char[text.Length];
        return Utf8.ToUtf16(text, letters, out _, out var length, replaceInvalidSequences: false) == OperationStatus.Done
            && PythonNumber.TryParse(letters[..length], out number)
            && !double.IsNaN(number);
    }

    private bool TakesFlags(CellPlan plan, int column) =>
        !plan.KeepsText || TypesAt(column) is CellTypes.Unknown || TypesAt(column).HasFlag(CellTypes.Boolean);

    private bool IsMissing(CellPlan plan, int column, ReadOnlySpan<byte> cell, bool isQuoted)
    {
        if (isDocument)
        {
            return cell.IsEmpty && !isQuoted;
        }

        return plan.KeepsText
            ? MissingWords.Contains(cell) && !TypesAt(column).HasFlag(cell.IsEmpty ? CellTypes.EmptyText : CellTypes.MissingWord)
            : MissingWords.ContainsTrimmed(cell);
    }

    private CellTypes TypesAt(int column) => column < types.Length ? types[column] : CellTypes.Unknown;

    // The canonical digits of an integer that float64 may not hold; null for any other cell.
    private static string? DigitsOf(ReadOnlySpan<byte> cell)
    {
        var text = cell.Trim(" \t"u8);
        text = text.StartsWith("+"u8) ? text[1..] : text;
        return LargeIntegers.Contains(text) ? Encoding.ASCII.GetString(text) : null;
    }

    private static CellTypes TypesOf(Feature feature) =>
        feature.TrainedOn != CellTypes.Unknown ? feature.TrainedOn : TrainedCells.TypesOf(feature.Categories);

    private static bool IsText(Feature feature, CellTypes types) =>
        feature.Kind == FeatureKind.Text
        || (feature.Kind == FeatureKind.Any && (types & (CellTypes.Text | CellTypes.Number | CellTypes.Boolean)) == CellTypes.Text);
}
