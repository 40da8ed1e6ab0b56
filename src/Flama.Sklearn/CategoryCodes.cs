using Flama.Json;

namespace Flama.Sklearn;

/// <summary>Reads strings in categorical columns as the numbers that a booster was trained with. Immutable and thread-safe.</summary>
internal sealed class CategoryCodes
{
    private readonly Dictionary<string, int>?[] columns;
    private readonly IReadOnlyList<string[]?> names;
    private readonly bool unknownIsMissing;

    /// <summary>Takes the names.</summary>
    /// <param name="names">For each column the names in the order of their numbers; null for a column of numbers.</param>
    /// <param name="unknownIsMissing">Whether a string that training never saw counts as missing rather than being an error.</param>
    public CategoryCodes(IReadOnlyList<string[]?> names, bool unknownIsMissing)
    {
        this.names = names;
        this.unknownIsMissing = unknownIsMissing;
        columns = [.. names.Select(Index)];
    }

    /// <summary>Says what an input column is used for, where it has names.</summary>
    /// <returns>Whether it has.</returns>
    public bool Describe(int column, FeatureBuilder builder)
    {
        if (columns[column] is null)
        {
            return false;
        }

        builder.UseAsIs(takesMissing: true);
        builder.OfferExample(Scalar.Of(names[column]![0]));
        return true;
    }

    /// <summary>Replaces strings by numbers.</summary>
    /// <returns>A new numeric batch, to be disposed; null when there are no strings.</returns>
    /// <exception cref="FlamaException">A string is no category, or stands in a column of numbers.</exception>
    public FeatureBatch? Encode(Estimator owner, FeatureBatch input)
    {
        if (input.IsNumeric)
        {
            return null;
        }

        var copy = FeatureBatch.RentLike(input);
        input.Numbers.CopyTo(copy.WritableNumbers);
        for (var row = 0; row < input.Rows; row++)
        {
            for (var column = 0; column < input.Columns; column++)
            {
                if (input.TextAt(row, column) is not { } text)
                {
                    continue;
                }

                if (Find(column, text) is { } code)
                {
                    copy.SetNumber(row, column, code);
                    continue;
                }

                copy.Dispose();
                throw InputCheck.CellProblem(
                    owner,
                    input,
                    row,
                    column,
                    columns[column] is null ? ProblemTypes.UnreadableNumber : ProblemTypes.UnknownCategory,
                    columns[column] is null
                        ? $"{owner.Name} needs a number and found the string \"{InputCheck.Shorten(text)}\""
                        : $"\"{InputCheck.Shorten(text)}\" is no category that {owner.Name} was trained with");
            }
        }

        return copy;
    }

    private double? Find(int column, string text) =>
        columns[column] is not { } codes ? null
        : codes.TryGetValue(text, out var code) ? code
        : unknownIsMissing ? double.NaN
        : null;

    private static Dictionary<string, int>? Index(string[]? names)
    {
        if (names is not { Length: > 0 })
        {
            return null;
        }

        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < names.Length; i++)
        {
            index.TryAdd(names[i], i);
        }

        return index;
    }
}
