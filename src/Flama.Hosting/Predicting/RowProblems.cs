namespace Flama.Hosting.Predicting;

/// <summary>What can be wrong with rows of a program, said as the JSON reader says it.</summary>
internal static class RowProblems
{
    public static FlamaException Width(int row, int found, TableSpec spec) => Of(new InputProblem(
        "feature_count", $"Row {row} has {Count(found)}, expected {spec.Features.Count}{Names(spec)}.", row));

    public static FlamaException UnequalWidth(int row, int found, int expected) => Of(new InputProblem(
        "feature_count", $"Row {row} has {Count(found)} and row 0 has {expected}, expected rows of the same length.", row));

    public static FlamaException Missing(IEnumerable<string> names, string source, string? hint = null) => Of(new InputProblem(
        "missing_feature", $"{source} has nothing for {Quote(names)}.{(hint is null ? string.Empty : $" {hint}")}"));

    public static FlamaException Unknown(IEnumerable<string> names, string source, TableSpec spec) => Of(new InputProblem(
        "unknown_feature", $"{source} has {Quote(names)}, which the model does not know{Names(spec)}."));

    public static FlamaException Type(int row, int column, string? name, object value) => Of(new InputProblem(
        "cell_type",
        $"Row {row}, feature {column}{(name is null ? string.Empty : $" ('{name}')")} is a {value.GetType().Name}, expected a number, a boolean, a string or an enum.",
        row,
        column,
        name));

    public static FlamaException Empty() => Of(new InputProblem("empty_input", "There are no rows, expected at least one."));

    public static FlamaException Of(InputProblem problem) => new([problem], 1);

    private static string Count(int count) => count == 1 ? "1 feature" : $"{count} features";

    private static string Names(TableSpec spec) => spec.HasNames
        ? $": {string.Join(", ", spec.Features.Take(50).Select(feature => feature.Name))}{(spec.Features.Count > 50 ? ", …" : string.Empty)}"
        : string.Empty;

    private static string Quote(IEnumerable<string> names) => string.Join(", ", names.Take(10).Select(name => $"'{name}'"));
}
