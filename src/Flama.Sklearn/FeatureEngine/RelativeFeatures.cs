namespace Flama.Sklearn.FeatureEngine;

/// <summary>Adds each variable combined with each reference: sum, difference, product, quotient, remainder or power.</summary>
/// <remarks>A quotient by 0 is a value that was set, or an error. Source: feature_engine.creation.relative_features, checked against 1.9.4.</remarks>
internal sealed class RelativeFeatures : FeatureTransformer
{
    public RelativeFeatures(EstimatorState state)
        : base(state)
    {
        int[] variables = [.. state.Values("variables").Select(label => Labels.Find(state, label))];
        int[] references = [.. state.Values("reference").Select(label => Labels.Find(state, label))];
        var refusesMissing = state.Choice("missing_values", "raise", "ignore") == "raise";
        var filling = state.Value("fill_value") is null ? (double?)null : state.Number("fill_value");
        Outputs =
        [
            .. AllBut(state.Flag("drop_original", false) ? [.. variables, .. references] : []),
            .. from function in state.Values("func")
               from reference in references
               from variable in variables
               select new PairColumn(
                   variable,
                   reference,
                   $"{Labels.NameOf(variable)}_{function}_{Labels.NameOf(reference)}",
                   FunctionOf(state, function),
                   refusesMissing)
               {
                   Divides = function is "div" or "truediv" or "floordiv" or "mod",
                   Filling = filling,
               },
        ];
    }

    private static Func<double, double, double> FunctionOf(EstimatorState state, object? name) => name switch
    {
        "add" => (x, y) => x + y,
        "sub" => (x, y) => x - y,
        "mul" => (x, y) => x * y,
        "div" or "truediv" => (x, y) => x / y,
        "floordiv" => (x, y) => Math.Floor(x / y),
        "mod" => (x, y) => x - (Math.Floor(x / y) * y),
        "pow" => Math.Pow,
        _ => throw state.Unsupported($"func={PythonType.NameOf(name)}"),
    };
}
