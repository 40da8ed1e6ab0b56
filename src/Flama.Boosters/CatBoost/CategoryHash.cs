using System.Globalization;
using System.Text;
using Flama.Boosters.CatBoost.Numerics;
using Flama.Json;

namespace Flama.Boosters.CatBoost;

/// <summary>The number that CatBoost knows a category by: the low half of the hash of its text.</summary>
internal static class CategoryHash
{
    private const int StackLength = 256;

    // Beyond, float64 does not hold all whole numbers.
    private const double LargestWhole = 1L << 53;

    /// <summary>The hash of a text.</summary>
    public static int Of(string text)
    {
        if (text.Length > StackLength / 3)
        {
            return (int)CityHash.Of(Encoding.UTF8.GetBytes(text));
        }

        Span<byte> bytes = stackalloc byte[StackLength];
        return (int)CityHash.Of(bytes[..Encoding.UTF8.GetBytes(text, bytes)]);
    }

    /// <summary>The hash of a cell: a text, or a whole number, which counts as the text of its digits.</summary>
    /// <exception cref="FlamaException">The cell is missing or another number.</exception>
    public static int Of(IRowOwner owner, FeatureBatch input, int row, int column)
    {
        if (input.TextAt(row, column) is { } text)
        {
            return Of(text);
        }

        var number = input.Row(row)[column];
        if (double.IsNaN(number))
        {
            throw InputCheck.CellProblem(
                owner, input, row, column, ProblemTypes.MissingValue, $"the category is missing, and {owner.Name} takes texts and whole numbers");
        }

        if (number != Math.Floor(number) || Math.Abs(number) > LargestWhole)
        {
            throw InputCheck.CellProblem(
                owner,
                input,
                row,
                column,
                ProblemTypes.NotText,
                $"the category is {number.ToString("R", CultureInfo.InvariantCulture)}, and {owner.Name} takes texts and whole numbers");
        }

        Span<byte> digits = stackalloc byte[20];
        ((long)number).TryFormat(digits, out var length, default, CultureInfo.InvariantCulture);
        return (int)CityHash.Of(digits[..length]);
    }
}
