using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.FeatureEngine;

/// <summary>Applies one function to each variable: a logarithm, a power, the reciprocal, Box-Cox, Yeo-Johnson, arcsin √x, arsinh.</summary>
/// <remarks>Missing, infinite and text cells of a variable are refused. Source: feature_engine.transformation, checked against 1.9.4.</remarks>
internal sealed class VariableTransformer : FeatureTransformer
{
    public VariableTransformer(EstimatorState state)
        : base(state)
    {
        var variables = Labels.FindAll(state, "variables_").ToHashSet();
        var make = RuleOf(state);
        Outputs = [.. InPlace(i => variables.Contains(i) ? make(i) : null)];
    }

    private Func<int, NumberColumn> RuleOf(EstimatorState state)
    {
        switch (state.ClassName)
        {
            case "LogTransformer":
                var log = LogOf(state);
                return i => Make(i, log, x => x > 0, "above 0");
            case "LogCpTransformer":
                return Shifted(state);
            case "PowerTransformer":
                var exponent = state.Number("exp");
                return i => Make(i, x => Math.Pow(x, exponent));
            case "ReciprocalTransformer":
                return i => Make(i, x => 1 / x, x => x != 0, "other than 0");
            case "BoxCoxTransformer":
                var boxCox = NumbersByColumn(state, "lambda_dict_");
                return i => BoxLike(i, Lambda(state, boxCox, i), PowerFunctions.BoxCox, x => x > 0, "above 0");
            case "YeoJohnsonTransformer":
                var yeoJohnson = NumbersByColumn(state, "lambda_dict_");
                return i => BoxLike(i, Lambda(state, yeoJohnson, i), PowerFunctions.YeoJohnson);
            case "ArcSinhTransformer":
                var (location, scale) = (state.Number("loc", 0), state.Number("scale", 1));
                return i => Make(i, x => Math.Asinh((x - location) / scale));
            default:
                return i => Make(i, x => Math.Asin(Math.Sqrt(x)), x => x is >= 0 and <= 1, "from 0 to 1");
        }
    }

    private Func<int, NumberColumn> Shifted(EstimatorState state)
    {
        var log = LogOf(state);
        if (state.Value("C_") is Pickle.PickleDict)
        {
            var shifts = NumbersByColumn(state, "C_");
            return i => LogOfSum(i, log, shifts.TryGetValue(i, out var one) ? one : throw state.Fail("its C_ lacks a variable"));
        }

        var shift = state.Number("C_");
        return i => LogOfSum(i, log, shift);
    }

    private NumberColumn LogOfSum(int column, Func<double, double> log, double shift) =>
        Make(column, x => log(x + shift), x => x + shift > 0, "that are above 0 with the constant added");

    private NumberColumn BoxLike(int column, double lambda, Func<double, double, double> function, Func<double, bool>? takes = null, string range = "") =>
        Make(column, x => function(x, lambda), takes, range);

    private static Func<double, double> LogOf(EstimatorState state) => state.Choice("base", "e", "10") == "e" ? Math.Log : Math.Log10;

    private static double Lambda(EstimatorState state, Dictionary<int, double> lambdas, int column) =>
        lambdas.TryGetValue(column, out var lambda) ? lambda : throw state.Fail("its lambda_dict_ lacks a variable");

    private NumberColumn Make(int column, Func<double, double> compute, Func<double, bool>? takes = null, string range = "") =>
        new(column, Labels.NameOf(column), compute) { Takes = takes, Range = range };
}
