using Flama.Pickle;

namespace Flama.Sklearn.FeatureEngine;

/// <summary>Adds sums, means, products and the like of some variables of a row.</summary>
/// <remarks>
/// As pandas computes them over a row: missing cells are left out, std and var divide by n − 1. Functions by name, or numpy's of these names; others are refused.
/// Source: feature_engine.creation.math_features, checked against 1.9.4.
/// </remarks>
internal sealed class MathFeatures : FeatureTransformer
{
    public MathFeatures(EstimatorState state)
        : base(state)
    {
        int[] variables = [.. state.Values("variables").Select(label => Labels.Find(state, label))];
        var functions = EstimatorState.ItemsOf(state.Value("func")) ?? [state.Required("func")];
        var names = state.Value("new_variables_names") is null ? null : state.Values("new_variables_names");
        var refusesMissing = state.Choice("missing_values", "raise", "ignore") == "raise";
        Outputs =
        [
            .. AllBut(state.Flag("drop_original", false) ? variables : []),
            .. functions.Select((function, i) => new SummaryColumn(
                variables,
                names?.ElementAtOrDefault(i) as string ?? $"{NameOf(state, function)}_{string.Join('_', variables.Select(Labels.NameOf))}",
                refusesMissing,
                FunctionOf(state, NameOf(state, function)))),
        ];
    }

    private static string NameOf(EstimatorState state, object? function) => function switch
    {
        string name => name,
        PickleSymbol { Global: { Module: "numpy" or "builtins" } global } => global.Name,
        _ => throw state.Unsupported("a function of the user's own"),
    };

    private static Func<double[], double> FunctionOf(EstimatorState state, string name) => name switch
    {
        "sum" => numbers => numbers.Sum(),
        "mean" => numbers => numbers.Length == 0 ? double.NaN : numbers.Sum() / numbers.Length,
        "prod" => numbers => numbers.Aggregate(1.0, (product, number) => product * number),
        "min" or "amin" => numbers => numbers.Length == 0 ? double.NaN : numbers.Min(),
        "max" or "amax" => numbers => numbers.Length == 0 ? double.NaN : numbers.Max(),
        "median" => Median,
        "var" => Variance,
        "std" => numbers => Math.Sqrt(Variance(numbers)),
        _ => throw state.Unsupported($"func='{name}'", "Known: sum, mean, prod, min, max, median, var, std."),
    };

    private static double Median(double[] numbers)
    {
        Array.Sort(numbers);
        var middle = numbers.Length / 2;
        return numbers.Length == 0 ? double.NaN : numbers.Length % 2 == 1 ? numbers[middle] : (numbers[middle - 1] + numbers[middle]) / 2;
    }

    private static double Variance(double[] numbers)
    {
        if (numbers.Length < 2)
        {
            return double.NaN;
        }

        var mean = numbers.Sum() / numbers.Length;
        return numbers.Sum(number => (number - mean) * (number - mean)) / (numbers.Length - 1);
    }
}
