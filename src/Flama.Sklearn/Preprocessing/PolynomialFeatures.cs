namespace Flama.Sklearn.Preprocessing;

/// <summary>All products of columns up to a degree, by degree and then in the order of the columns, after a column of ones.</summary>
/// <remarks>
/// <c>interaction_only</c> leaves out powers, <c>include_bias</c> adds the ones, a degree given as a pair (since 1.0) leaves out the lower degrees.
/// Missing and infinite values are refused. Source: sklearn.preprocessing._polynomial (to 0.24 _data), checked against 0.23, 1.2, 1.4 and 1.9.
/// </remarks>
internal sealed class PolynomialFeatures : Transformer
{
    private const int MaxTerms = 1 << 22;

    private readonly ProductTerm[] terms;
    private readonly int skipped;
    private readonly bool hasBias;
    private readonly int width;

    public PolynomialFeatures(EstimatorState state)
        : base(state)
    {
        FeatureCount ??= state.Integer("n_input_features_");
        var (least, most) = DegreesOf(state);
        hasBias = state.Flag("include_bias", true);
        var list = new ProductTermList(FeatureCount.Value, state.Flag("interaction_only", false), MaxTerms);
        if (least < 0 || most < least || !list.TryExtend(most))
        {
            throw state.Fail($"its degrees {least} to {most} with {FeatureCount} features make no sense or more than {MaxTerms} columns");
        }

        terms = [.. list.Terms];
        skipped = least > 1 ? list.CountBelow(least) : 0;
        width = terms.Length - skipped + (hasBias ? 1 : 0);
        var expected = state.Integer("n_output_features_", width);
        if (width != expected)
        {
            throw state.Fail($"it has {width} output features by its parameters and {expected} by its attribute");
        }
    }

    public override InputRule Input => InputRule.Floats;

    public override int Width(int columns) => width;

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(terms.Length);
        var products = scratch.Span;
        for (var row = 0; row < input.Rows; row++)
        {
            var values = input.Row(row);
            for (var i = 0; i < terms.Length; i++)
            {
                var term = terms[i];
                products[i] = term.Rest < 0 ? values[term.Feature] : products[term.Rest] * values[term.Feature];
            }

            var target = output.Row(row);
            if (hasBias)
            {
                target[0] = 1;
                target = target[1..];
            }

            products[skipped..].CopyTo(target);
        }
    }

    private static (int Least, int Most) DegreesOf(EstimatorState state)
    {
        if (state.Has("_max_degree"))
        {
            return (state.Integer("_min_degree", 0), state.Integer("_max_degree"));
        }

        if (EstimatorState.ItemsOf(state.Value("degree")) is null)
        {
            return (0, state.Integer("degree", 2));
        }

        var pair = state.AsIntegers(state.Value("degree"), "degree");
        return pair.Length == 2 ? (pair[0], pair[1]) : throw state.Fail("its degree is not a pair");
    }
}
