using Flama.Pickle;

namespace Flama.Sklearn.Preprocessing;

/// <summary>Applies a numpy function to every cell, or nothing where <c>func</c> is None; <c>inverse_func</c> goes back.</summary>
/// <remarks>
/// Only functions of numpy that take one number are known; a function of the user's is refused at load, since it would be code.
/// Strings pass unchanged where there is no function. Source: sklearn.preprocessing._function_transformer, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class FunctionTransformer : Transformer
{
    private readonly Func<double, double>? function;
    private readonly Func<double, double>? inverse;
    private readonly bool isValidated;

    public FunctionTransformer(EstimatorState state)
        : base(state)
    {
        isValidated = state.Flag("validate", false);
        function = FunctionOf(state, "func", "kw_args");
        inverse = FunctionOf(state, "inverse_func", "inv_kw_args");
        KeepsSparse = function is null || function(0) == 0;
    }

    public override InputRule Input => RuleOf(function);

    public override IReadOnlyList<int>? OriginsOf(int columns) => function is null ? [.. Enumerable.Range(0, columns)] : null;

    public override bool TakesSparse => KeepsSparse;

    public override bool KeepsSparse { get; }

    protected override bool HasInverse => true;

    public override InputRule InputOf(Method method) => RuleOf(method == Method.InverseTransform ? inverse : function);

    // Without validation scikit-learn does not count columns; the function takes any number.
    public override int? ColumnsOf(Method method) => isValidated ? base.ColumnsOf(method) : null;

    public override OutputShape Shape(Method method, FeatureBatch? input) => method == Method.InverseTransform
        ? new(inverse is null && input is { IsNumeric: false } ? PredictionKind.Mixed : PredictionKind.Float, input?.Columns ?? FeatureCount ?? 0)
        : base.Shape(method, input);

    public override bool TakesMissing(bool downstream) => !isValidated && downstream;

    public override bool GivesText(FeatureBatch? input) => !isValidated && function is null && input is { IsNumeric: false };

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        foreach (var column in columns)
        {
            if (function is null && !isValidated)
            {
                column.UseAsIs(TakesMissing(downstream));
            }
            else
            {
                column.UseAsNumber(parsesText: false, TakesMissing(downstream), takesInfinity: !isValidated);
            }
        }
    }

    protected override void Transform(FeatureBatch input, OutputSlice output) => Apply(function, input, output);

    protected override void TransformStored(ReadOnlySpan<int> columns, Span<double> values)
    {
        for (var i = 0; function is not null && i < values.Length; i++)
        {
            values[i] = function(values[i]);
        }
    }

    protected override void Invert(FeatureBatch input, OutputSlice output) => Apply(inverse, input, output);

    private static Func<double, double>? FunctionOf(EstimatorState state, string name, string arguments)
    {
        if (state.Value(name) is null)
        {
            return null;
        }

        if (state.Value(arguments) is PickleDict { Count: > 0 })
        {
            throw state.Unsupported(arguments);
        }

        return state.Value(name) is PickleSymbol symbol
            ? NumpyFunctions.Find(symbol.Global) ?? throw state.Unsupported($"the function {symbol.Global}")
            : throw state.Unsupported($"{name}={PythonType.NameOf(state.Value(name))}");
    }

    private static void Apply(Func<double, double>? function, FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < input.Rows; row++)
        {
            var values = input.Row(row);
            var target = output.Row(row);
            values.CopyTo(target);
            for (var i = 0; i < target.Length; i++)
            {
                if (function is not null)
                {
                    target[i] = function(target[i]);
                }
                else if (!input.IsNumeric)
                {
                    output.SetText(row, i, input.TextAt(row, i));
                }
            }
        }
    }

    private InputRule RuleOf(Func<double, double>? applied) => isValidated
        ? InputRule.Numbers
        : applied is null ? InputRule.Anything : new InputRule(TakesMissing: true, TakesInfinity: true, ParsesText: false);
}
