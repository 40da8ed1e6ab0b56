using Flama.Pickle.Numpy;
using Flama.Pickle.Pandas;

namespace Flama.Sklearn.Statsmodels.Formulas;

/// <summary>The columns of a model's design, computed from the variables of its formula.</summary>
/// <remarks>
/// A file holds no program for them, only what came out: the names of the columns (<c>age:C(zone)[T.2]</c>), the columns themselves, and training's rows. The names are read,
/// what depends on training (levels, means, knots) is computed from its rows, and all columns are then compared with those of the file: a formula that is read otherwise than it was
/// meant is refused.
/// </remarks>
internal sealed class FormulaDesign
{
    private const double Tolerance = 1e-7;

    private readonly FormulaValue[][] columns;
    private readonly FormulaVariables variables;

    private FormulaDesign(FormulaVariables variables, FormulaValue[][] columns)
    {
        this.variables = variables;
        this.columns = columns;
    }

    /// <summary>The variables that rows must have.</summary>
    public IReadOnlyList<string> Variables => variables.Names;

    /// <summary>Reads the design of a formula.</summary>
    /// <param name="data">The model's data.</param>
    /// <param name="width">How many columns the parameters are for.</param>
    public static FormulaDesign Read(EstimatorState data, int width)
    {
        if (!PandasFrame.TryRead(data.Value("frame"), out var frame) || !PandasFrame.TryRead(data.Value("orig_exog"), out var design)
            || data.Value("exog") is not NdArray { Shape: [_, _] } exog || !exog.IsNumeric)
        {
            throw data.Unsupported(
                $"the formula '{data.Value("formula")}' without training's rows", "They tell which columns it makes; save the results with them: results.save(path) without remove_data.");
        }

        var names = design.Columns.Select(label => label as string ?? throw data.Fail("its design has a column without a name")).ToArray();
        if (names.Length != width || exog.Shape[1] != width)
        {
            throw data.Fail($"its design has {names.Length} columns and its parameters are for {width}");
        }

        var used = FormulaVariables.Read(data, names, frame);
        using var training = used.Training(data);
        if (training.Rows != exog.Shape[0])
        {
            throw data.Unsupported($"the formula '{data.Value("formula")}'", "The rows that it was trained with are not those of its data.");
        }

        var matrix = new Matrix(exog.ToDoubles(), exog.Shape[0], exog.Shape[1]);
        var reader = new FormulaReader(data, used, training, names, matrix);
        var made = new FormulaDesign(used, [.. names.Select(reader.Column)]);
        made.Compare(data, names, training, matrix);
        return made;
    }

    /// <summary>Says what the variables are used for.</summary>
    public void Describe(ReadOnlySpan<FeatureBuilder> builders) => variables.Describe(builders);

    /// <summary>Computes the columns of one row.</summary>
    public void Fill(Estimator owner, FeatureBatch input, int row, Span<double> x)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            var product = 1.0;
            foreach (var factor in columns[i])
            {
                product *= factor(owner, input, row);
            }

            x[i] = product;
        }
    }

    private void Compare(EstimatorState data, string[] names, FeatureBatch training, Matrix matrix)
    {
        using var scratch = new Scratch(columns.Length);
        var owner = new TrainingOnlyEstimator(data);
        for (var row = 0; row < training.Rows; row++)
        {
            Fill(owner, training, row, scratch.Span);
            for (var i = 0; i < columns.Length; i++)
            {
                if (!(Math.Abs(scratch.Span[i] - matrix[row, i]) <= Tolerance * Math.Max(1, Math.Abs(matrix[row, i]))))
                {
                    throw data.Unsupported($"the term '{names[i]}' of the formula", "It does not give training's column when it is read as usual.");
                }
            }
        }
    }
}
