using Flama.Json;
using Flama.Sklearn.Frames;
using Flama.Sklearn.Preprocessing;

namespace Flama.Sklearn.Statsmodels.Formulas;

/// <summary>Reads the names of a design's columns: factors with ':' between, each a number or a category's code.</summary>
internal sealed class FormulaReader(EstimatorState data, FormulaVariables variables, FeatureBatch training, string[] names, Matrix design)
{
    private const string Intercept = "Intercept";

    private readonly FormulaExpressions expressions = new(data, variables, training);

    /// <summary>The factors whose product a column is.</summary>
    public FormulaValue[] Column(string name) => name == Intercept ? [] : [.. FormulaText.SplitFactors(name).Select(Factor)];

    private FormulaValue Factor(string text)
    {
        if (FormulaText.TakeSuffix(text) is not { } parts)
        {
            return expressions.Read(text);
        }

        var tokens = FormulaTokens.Split(data, parts.Expression);
        if (tokens is [{ Kind: FormulaTokenKind.Name, Text: "bs" }, { Text: "(" }, ..])
        {
            return expressions.Spline(parts.Expression, parts.Suffix);
        }

        // C(x), C(x, Sum), C(x, levels=[…]): the first argument is what has the categories.
        var inner = tokens is [{ Kind: FormulaTokenKind.Name, Text: "C" }, { Text: "(" }, ..] ? FormulaText.FirstArgument(parts.Expression) : parts.Expression;
        var plain = FormulaTokens.Split(data, inner) switch
        {
            [{ Kind: FormulaTokenKind.Name } variable] => variables.IndexOf(variable.Text),
            [{ Text: "Q" }, { Text: "(" }, { Kind: FormulaTokenKind.Text } quoted, { Text: ")" }] => variables.IndexOf(quoted.Text),
            _ => -1,
        };
        return plain >= 0 ? OfVariable(text, parts.Expression, parts.Suffix, plain) : OfTruth(parts.Suffix, inner);
    }

    private FormulaValue OfVariable(string text, string expression, string suffix, int variable)
    {
        var levels = variables.UseAsCategory(data, variable);
        var codes = Codes(text, expression, suffix, levels, variable);
        Scalar[] cells = [.. levels.Values];
        var map = new CellMap(cells, [.. levels.Keys.Select(level => codes[level])]);
        return (owner, input, row) =>
        {
            var cell = input.TextAt(row, variable);
            var number = input.Row(row)[variable];
            return cell is null && double.IsNaN(number) ? double.NaN
                : map.TryFind(cell, number, out var code) ? code
                : throw InputCheck.CellProblem(
                    owner, input, row, variable, ProblemTypes.UnknownCategory, $"{CategoryTable.Show(cell, number)} is not a category that training had");
        };
    }

    // A condition is true or false.
    private FormulaValue OfTruth(string suffix, string expression)
    {
        var value = expressions.Read(expression);
        var wanted = suffix is "True" or "T.True" ? 1.0
            : suffix is "False" or "T.False" ? 0.0
            : throw data.Unsupported($"the term '{expression}[{suffix}]' of the formula");
        return (owner, input, row) => value(owner, input, row) is var truth && double.IsNaN(truth) ? truth : truth == wanted ? 1 : 0;
    }

    // Treatment and all levels: 1 for the level. Sum: −1 for the level that has no column. Others as training's column has them.
    private Dictionary<string, double> Codes(string text, string expression, string suffix, Dictionary<string, Scalar> levels, int variable)
    {
        if (levels.ContainsKey(suffix) || (suffix.StartsWith("T.", StringComparison.Ordinal) && levels.ContainsKey(suffix[2..])))
        {
            var level = levels.ContainsKey(suffix) ? suffix : suffix[2..];
            return levels.Keys.ToDictionary(key => key, key => key == level ? 1.0 : 0.0, StringComparer.Ordinal);
        }

        if (suffix.StartsWith("S.", StringComparison.Ordinal) && levels.ContainsKey(suffix[2..]))
        {
            var named = names.SelectMany(FormulaText.SplitFactors).ToHashSet(StringComparer.Ordinal);
            return levels.Keys.ToDictionary(
                key => key, key => key == suffix[2..] ? 1.0 : named.Contains($"{expression}[S.{key}]") ? 0.0 : -1.0, StringComparer.Ordinal);
        }

        return Observed(text, levels, variable);
    }

    private Dictionary<string, double> Observed(string text, Dictionary<string, Scalar> levels, int variable)
    {
        var column = Array.IndexOf(names, text);
        if (column < 0)
        {
            throw data.Unsupported($"the coding of '{text}' in the formula");
        }

        var table = new CategoryTable([.. levels.Values]);
        var keys = levels.Keys.ToArray();
        var codes = levels.Keys.ToDictionary(key => key, _ => double.NaN, StringComparer.Ordinal);
        for (var row = 0; row < training.Rows; row++)
        {
            if (table.Find(training.TextAt(row, variable), training.Row(row)[variable]) is >= 0 and var level)
            {
                codes[keys[level]] = design[row, column];
            }
        }

        return codes;
    }
}
