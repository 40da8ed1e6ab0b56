using Flama.Pickle;

namespace Flama.Sklearn.Preprocessing;

/// <summary>Applies a numpy function to every cell, or nothing where <c>func</c> is None.</summary>
/// <remarks>
/// Only functions of numpy that take one number are known; a function of the user's is refused at load, since it would be code.
/// Strings pass unchanged where there is no function. Source: sklearn.preprocessing._function_transformer, checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class FunctionTransformer : Transformer
{
    private readonly Func<double, double>? function;
    private readonly bool isValidated;

    public FunctionTransformer(EstimatorState state)
        : base(state)
    {
        isValidated = state.Flag("validate", false);
        function = state.Value("func") switch
        {
            null => null,
            PickleSymbol symbol => NumpyFunctions.Find(symbol.Global) ?? throw state.Unsupported($"the function {symbol.Global}"),
            var other => throw state.Unsupported($"func={PythonType.NameOf(other)}"),
        };
        if (state.Value("kw_args") is PickleDict { Count: > 0 })
        {
            throw state.Unsupported("kw_args");
        }
    }

    public override InputRule Input => isValidated
        ? InputRule.Numbers
        : function is null ? InputRule.Anything : new InputRule(TakesMissing: true, TakesInfinity: true, ParsesText: false);

    public override bool TakesMissing(bool downstream) => !isValidated && downstream;

    public override bool GivesText(FeatureBatch? input) => function is null && input is { IsNumeric: false };

    public override void Describe(ReadOnlySpan<FeatureBuilder> columns, bool downstream)
    {
        foreach (var column in columns)
        {
            if (function is null)
            {
                column.UseAsIs(TakesMissing(downstream));
            }
            else
            {
                column.UseAsNumber(parsesText: false, TakesMissing(downstream), takesInfinity: !isValidated);
            }
        }
    }

    protected override void Transform(FeatureBatch input, OutputSlice output)
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
}
