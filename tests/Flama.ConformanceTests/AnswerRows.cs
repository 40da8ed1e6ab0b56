using System.Globalization;

namespace Flama.ConformanceTests;

/// <summary>Compares rows of two answers of one model.</summary>
internal static class AnswerRows
{
    /// <summary>What differs between a row of one answer and a row of another; null when nothing does.</summary>
    /// <remarks>The tolerance is relative to the row's largest number when that is above 1, and 0 for the same bits. Labels and strings must be the same.</remarks>
    public static string? Difference(ModelOutput one, int row, ModelOutput other, int otherRow, double tolerance)
    {
        if (one.Form != other.Form || one.Count != other.Count)
        {
            return $"{one.Count} arrays beside {other.Count}";
        }

        for (var i = 0; i < one.Count; i++)
        {
            var (left, right) = ((PredictionBatch)one[i], (PredictionBatch)other[i]);
            if (left.Kind != right.Kind)
            {
                return $"array {i}: {left.Kind} beside {right.Kind}";
            }

            if (OfCells(left, row, right, otherRow, left.Kind == PredictionKind.Float ? tolerance : 0) is { } difference)
            {
                return $"array {i}: {difference}";
            }
        }

        return null;
    }

    private static string? OfCells(PredictionBatch one, int row, PredictionBatch other, int otherRow, double tolerance)
    {
        if (one.Width != other.Width)
        {
            return $"{one.Width} columns beside {other.Width}";
        }

        var left = one.Row(row);
        var right = other.Row(otherRow);
        var allowed = 0.0;
        foreach (var value in left)
        {
            allowed = double.IsFinite(value) ? Math.Max(allowed, Math.Max(1, Math.Abs(value)) * tolerance) : allowed;
        }

        for (var i = 0; i < one.Width; i++)
        {
            var isSame = left[i].Equals(right[i]) || Math.Abs(left[i] - right[i]) <= allowed;
            if (!isSame || TextAt(one, row, i) != TextAt(other, otherRow, i))
            {
                return string.Create(
                    CultureInfo.InvariantCulture, $"row {row}, column {i}: {left[i]:R} {TextAt(one, row, i)} beside {right[i]:R} {TextAt(other, otherRow, i)}");
            }
        }

        return null;
    }

    private static string? TextAt(PredictionBatch answer, int row, int column) => answer.Texts.IsEmpty ? null : answer.Texts[(row * answer.Width) + column];
}
