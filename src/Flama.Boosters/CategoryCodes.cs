using System.Globalization;
using Flama.Json;

namespace Flama.Boosters;

/// <summary>Reads the cells of categorical columns as the numbers that a booster was trained with. Immutable and thread-safe.</summary>
internal sealed class CategoryCodes
{
    private readonly CategoryColumn?[] columns;
    private readonly bool unknownIsMissing;
    private readonly bool mapsNumbers;

    /// <summary>Takes the categories.</summary>
    /// <param name="columns">For each column its categories; null for a column of numbers.</param>
    /// <param name="unknownIsMissing">Whether a category that training never saw counts as missing rather than being an error.</param>
    public CategoryCodes(CategoryColumn?[] columns, bool unknownIsMissing)
    {
        this.columns = columns;
        this.unknownIsMissing = unknownIsMissing;
        mapsNumbers = Array.Exists(columns, column => column is { HasNumbers: true });
    }

    /// <summary>Describes a categorical column; null when the column is one of numbers.</summary>
    public Feature? Describe(int column) => columns[column] is { IsPlain: false } categories
        ? new Feature(FeatureKind.Any) { AllowsMissing = true, AllowsInfinity = true, Example = categories.Example, TrainedOn = categories.Types }
        : null;

    /// <summary>Replaces categories by numbers.</summary>
    /// <returns>A new numeric batch, to be disposed; null when there is nothing to replace.</returns>
    /// <exception cref="FlamaException">A cell is not a category, or a string stands in a column of numbers.</exception>
    public FeatureBatch? Encode(IRowOwner owner, FeatureBatch input)
    {
        if (input.Sparse is not null || (input.IsNumeric && !mapsNumbers))
        {
            return null;
        }

        var copy = FeatureBatch.RentLike(input);
        input.Numbers.CopyTo(copy.WritableNumbers);
        try
        {
            for (var row = 0; row < input.Rows; row++)
            {
                for (var column = 0; column < input.Columns; column++)
                {
                    if (input.TextAt(row, column) is { } text)
                    {
                        copy.SetNumber(row, column, CodeOf(owner, input, row, column, text));
                    }
                    else if (columns[column] is { HasNumbers: true } && input.Row(row)[column] is var number && !double.IsNaN(number))
                    {
                        copy.SetNumber(row, column, CodeOf(owner, input, row, column, number));
                    }
                }
            }

            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    private double CodeOf(IRowOwner owner, FeatureBatch input, int row, int column, string text) =>
        columns[column] is not { } categories
            ? throw InputCheck.CellProblem(
                owner, input, row, column, ProblemTypes.UnreadableNumber, $"{owner.Name} needs a number and found the string {Excerpt.Of(text)}")
            : categories.Find(text) ?? Unknown(owner, input, row, column, Excerpt.Of(text));

    private double CodeOf(IRowOwner owner, FeatureBatch input, int row, int column, double number) =>
        columns[column]!.Find(number) ?? Unknown(owner, input, row, column, number.ToString("R", CultureInfo.InvariantCulture));

    private double Unknown(IRowOwner owner, FeatureBatch input, int row, int column, string category) => unknownIsMissing
        ? double.NaN
        : throw InputCheck.CellProblem(
            owner, input, row, column, ProblemTypes.UnknownCategory, $"{category} is not a category that {owner.Name} was trained with");
}
