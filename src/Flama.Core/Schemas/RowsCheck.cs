using System.Globalization;
using Flama.Json;

namespace Flama.Schemas;

/// <summary>Compares rows with the rules of their features. Immutable and thread-safe; rows that are as they should be cost no memory.</summary>
internal sealed class RowsCheck
{
    private readonly (int Column, CellCheck Check)[] checks;
    private readonly TableSpec spec;

    /// <summary>Makes the check.</summary>
    /// <param name="spec">What the method takes.</param>
    /// <param name="checks">A check per feature; null for none.</param>
    public RowsCheck(TableSpec spec, IReadOnlyList<CellCheck?> checks)
    {
        this.spec = spec;
        this.checks = [.. checks.Index().Where(pair => pair.Item is not null && spec.Features[pair.Index].IsUsed).Select(pair => (pair.Index, pair.Item!))];
    }

    /// <summary>What is wrong with rows; null for nothing.</summary>
    public FlamaException? Find(FeatureBatch rows)
    {
        // Of another width they are for the model to refuse.
        if (rows.Columns != spec.Features.Count)
        {
            return null;
        }

        if (rows.Sparse is not null)
        {
            using var dense = rows.ToDense();
            return Find(dense);
        }

        List<InputProblem>? problems = null;
        var count = 0;
        for (var row = 0; row < rows.Rows; row++)
        {
            var numbers = rows.Row(row);
            var texts = rows.TextRow(row);
            foreach (var (column, check) in checks)
            {
                var text = texts.IsEmpty ? null : texts[column];
                if (!check.Accepts(numbers[column], text))
                {
                    Add(ref problems, ref count, check, rows.FirstRow + row, column, numbers[column], text);
                }
            }
        }

        return problems is null ? null : new FlamaException(problems, count);
    }

    private void Add(ref List<InputProblem>? problems, ref int count, CellCheck check, int row, int column, double number, string? text)
    {
        problems ??= [];
        if (problems.Count == InputProblem.MaxListed)
        {
            count++;
            return;
        }

        foreach (var breach in check.Breaches(number, text))
        {
            count++;
            if (problems.Count < InputProblem.MaxListed)
            {
                var name = spec.Features[column].Name;
                var where = name is null ? $"Row {row}, feature {column}" : $"Row {row}, feature {column} ({Excerpt.Of(name)})";
                var what = check.Rule.IsSensitive ? $"must be {breach.Expected}" : $"is {Shown(number, text)}, expected {breach.Expected}";
                problems.Add(new(ProblemTypes.Schema, $"{where} {what}.", row, column, name) { Rule = breach.Rule, Bound = breach.Bound });
            }
        }
    }

    private static string Shown(double number, string? text) =>
        text is not null ? Excerpt.Of(text) : double.IsNaN(number) ? "null" : number.ToString("R", CultureInfo.InvariantCulture);
}
