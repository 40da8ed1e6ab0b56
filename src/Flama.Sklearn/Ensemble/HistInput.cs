using Flama.Json;
using Flama.Pickle;
using Flama.Sklearn.Compose;
using Flama.Sklearn.Preprocessing;

namespace Flama.Sklearn.Ensemble;

/// <summary>The columns that trees of histogram gradient boosting see: since 1.4, categories first and as their positions, then the numbers.</summary>
/// <remarks>An unknown or missing category is NaN. Models without categories, and those before 1.4, see their columns as they are.</remarks>
internal sealed class HistInput
{
    private readonly CategoryTable?[] tables;
    private readonly int[] columns;

    private HistInput(CategoryTable?[] tables, int[] columns)
    {
        this.tables = tables;
        this.columns = columns;
    }

    /// <summary>How many columns trees see.</summary>
    public int Count => columns.Length;

    /// <summary>Reads <c>_preprocessor</c>; null when there is none.</summary>
    public static HistInput? Read(EstimatorState state, int features, IReadOnlyList<string>? names)
    {
        if (state.Value("_preprocessor") is null)
        {
            return null;
        }

        var preprocessor = state.Part(state.Value("_preprocessor"), "_preprocessor");
        var lookups = new List<CategoryTable?>();
        var origins = new List<int>();
        foreach (var item in preprocessor.List("transformers_"))
        {
            if (item is not PickleTuple { Count: 3 } entry)
            {
                throw preprocessor.Fail($"it has a part that is {PythonType.NameOf(item)}, expected a name, a transformer and columns");
            }

            if (entry[1] is "drop")
            {
                continue;
            }

            var selected = ColumnSelection.Resolve(preprocessor, entry[2], features, names);
            origins.AddRange(selected);
            lookups.AddRange(entry[0] is "encoder" ? TablesOf(preprocessor, entry[1], selected.Length) : new CategoryTable?[selected.Length]);
        }

        return origins.Count == features
            ? new([.. lookups], [.. origins])
            : throw preprocessor.Fail($"it hands on {origins.Count} of {features} features");
    }

    /// <summary>Says what each input column is used for.</summary>
    public void Describe(ReadOnlySpan<FeatureBuilder> builders)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            if (tables[i] is not { } table)
            {
                builders[columns[i]].UseAsNumber(parsesText: true, takesMissing: true, takesInfinity: true);
                continue;
            }

            builders[columns[i]].UseAsCategory(takesMissing: true);
            builders[columns[i]].Learn(table.Categories);
            if (table.Sayable() is [var first, ..])
            {
                builders[columns[i]].OfferExample(first);
            }
        }
    }

    /// <summary>The columns that trees see; the caller disposes them.</summary>
    public FeatureBatch Transform(Estimator owner, FeatureBatch input)
    {
        var output = FeatureBatch.RentUninitialized(input.Rows, Count, firstRow: input.FirstRow);
        try
        {
            for (var row = 0; row < input.Rows; row++)
            {
                var numbers = input.Row(row);
                var target = output.WritableRow(row);
                for (var i = 0; i < target.Length; i++)
                {
                    var text = input.TextAt(row, columns[i]);
                    target[i] = tables[i] is { } table ? Encode(table, text, numbers[columns[i]])
                        : text is null ? numbers[columns[i]]
                        : PythonNumber.TryParse(text, out var value) ? value
                        : throw InputCheck.CellProblem(
                            owner, input, row, columns[i], "not_a_number", $"{owner.Name} needs a number and found the string \"{InputCheck.Shorten(text)}\"");
                }
            }

            return output;
        }
        catch
        {
            output.Dispose();
            throw;
        }
    }

    private static double Encode(CategoryTable table, string? text, double number)
    {
        var position = text is null && double.IsNaN(number) ? -1 : table.Find(text, number);
        return position < 0 ? double.NaN : position;
    }

    private static CategoryTable[] TablesOf(EstimatorState preprocessor, object? encoder, int count)
    {
        var read = CategoryTable.Read(preprocessor.Part(encoder, "transformers_[0]"));
        return read.Length == count ? read : throw preprocessor.Fail($"its encoder knows {read.Length} columns and is given {count}");
    }
}
