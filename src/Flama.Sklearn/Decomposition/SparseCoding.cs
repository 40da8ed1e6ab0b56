using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Decomposition;

/// <summary>Rows as combinations of few atoms of a dictionary: dictionary learning, its mini-batch form, and coding with a given dictionary.</summary>
/// <remarks>
/// The algorithms 'threshold', 'omp', 'lasso_cd', 'lars' and 'lasso_lars' are those of scikit-learn, one row after the other. With <c>split_sign</c> the negative parts follow the positive
/// ones. Since 1.7 there is a way back, the code times the dictionary. Missing values are refused. Source: sklearn.decomposition._dict_learning, checked against 1.2 (0.23, 1.4 and 1.9 compute the same).
/// </remarks>
internal sealed class SparseCoding : Transformer
{
    private readonly Matrix dictionary;
    private readonly ICodeSolver solver;
    private readonly bool splitsSign;

    /// <summary>Reads the model.</summary>
    /// <param name="state">The attributes.</param>
    /// <param name="attribute">The attribute that has the dictionary, one atom a row.</param>
    public SparseCoding(EstimatorState state, string attribute)
        : base(state)
    {
        dictionary = FeatureCount is { } features ? state.Matrix(attribute, features) : state.Matrix(attribute);
        FeatureCount ??= dictionary.Columns;
        if (dictionary.Rows == 0 || dictionary.Columns == 0)
        {
            throw state.Fail("its dictionary is empty");
        }

        splitsSign = state.Flag("split_sign", false);
        HasInverse = state.Version.IsAtLeast(1, 7);
        solver = SolverOf(state);
    }

    public override InputRule InputOf(Method method) => method == Method.InverseTransform ? InputRule.Numbers : Input;

    protected override bool HasInverse { get; }

    public override int Width(int columns) => splitsSign ? 2 * dictionary.Rows : dictionary.Rows;

    protected override void Transform(FeatureBatch input, OutputSlice output)
    {
        using var scratch = new Scratch(2 * dictionary.Rows);
        var products = scratch.Span[..dictionary.Rows];
        var code = scratch.Span[dictionary.Rows..];
        for (var row = 0; row < output.Rows; row++)
        {
            var values = input.Row(row);
            for (var i = 0; i < products.Length; i++)
            {
                products[i] = DotProduct.Of(values, dictionary.Row(i));
            }

            code.Clear();
            solver.Solve(products, DotProduct.Of(values, values), code);
            Write(code, output.Row(row));
        }
    }

    protected override void Invert(FeatureBatch input, OutputSlice output)
    {
        for (var row = 0; row < output.Rows; row++)
        {
            var code = input.Row(row);
            var values = output.Row(row);
            values.Clear();
            for (var i = 0; i < dictionary.Rows; i++)
            {
                var atom = dictionary.Row(i);
                var weight = splitsSign ? code[i] - code[dictionary.Rows + i] : code[i];
                for (var column = 0; column < values.Length; column++)
                {
                    values[column] += weight * atom[column];
                }
            }
        }
    }

    private void Write(ReadOnlySpan<double> code, Span<double> output)
    {
        for (var i = 0; i < code.Length; i++)
        {
            output[i] = splitsSign ? Math.Max(code[i], 0) : code[i];
            if (splitsSign)
            {
                output[code.Length + i] = -Math.Min(code[i], 0);
            }
        }
    }

    private ICodeSolver SolverOf(EstimatorState state)
    {
        var algorithm = state.Choice("transform_algorithm", "threshold", "omp", "lasso_cd", "lars", "lasso_lars");
        var isPositive = state.Flag("positive_code", false);
        var rounds = RoundLimit.Read(state, "transform_max_iter", 1000);

        // Since 1.2 the strength of training is the default.
        var alpha = state.Number("transform_alpha", state.Version.IsAtLeast(1, 2) ? state.Number("alpha", 1) : 1);
        var atoms = state.Integer(
            "transform_n_nonzero_coefs", (int)Math.Min(Math.Max(dictionary.Columns / 10.0, 1), dictionary.Rows));
        if (algorithm == "threshold")
        {
            return new ThresholdCode(alpha, isPositive);
        }

        var gram = dictionary.Times(dictionary.Transpose());
        return algorithm switch
        {
            "omp" when atoms < 1 || atoms > gram.Rows => throw state.Fail($"it looks for {atoms} atoms of {gram.Rows}"),
            "omp" => new MatchingPursuit(gram, atoms),
            "lasso_cd" => new CoordinateCode(gram, alpha, rounds, isPositive),
            "lars" => new AngleCode(gram, 0, atoms, isLasso: false, isPositive: false),
            _ => new AngleCode(gram, alpha, rounds, isLasso: true, isPositive),
        };
    }
}
