using System.Globalization;
using Flama.Json;

namespace Flama.Sklearn.Statsmodels.Formulas;

/// <summary>Reads the expressions of a formula: variables, numbers, arithmetic, comparisons, functions of numpy, and what patsy computes from training's rows.</summary>
/// <remarks>By Python's precedence. Whatever is not known is refused by name; nothing is run that the file brings.</remarks>
internal sealed class FormulaExpressions(EstimatorState data, FormulaVariables variables, FeatureBatch training)
{
    private const int DeepestNesting = 64;

    private List<FormulaToken> tokens = [];
    private string text = "";
    private int position;
    private int nesting;

    private FormulaToken Next => position < tokens.Count ? tokens[position] : new(FormulaTokenKind.End, "");

    /// <summary>Reads an expression.</summary>
    public FormulaValue Read(string expression)
    {
        Start(expression);
        var value = Comparison();
        return Next.Kind == FormulaTokenKind.End ? value : throw Unknown();
    }

    /// <summary>Reads one column of a spline: <c>bs(x, df=4)</c> and the column's number.</summary>
    public FormulaValue Spline(string expression, string column)
    {
        var inner = FormulaText.FirstArgument(expression);
        var argument = Read(inner);
        text = expression;
        var spline = FormulaSpline.Read(data, expression, Values(argument));
        if (!int.TryParse(column, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || index >= spline.Columns)
        {
            throw Unknown();
        }

        return (owner, input, row) =>
        {
            var x = argument(owner, input, row);
            return double.IsNaN(x) ? x : spline.Contains(x) ? spline.Value(index, x) : throw InputCheck.Problem(new InputProblem(
                ProblemTypes.NumberRange, $"Row {row + input.FirstRow}: {inner} is outside of training's range, which the spline '{expression}' does not extrapolate."));
        };
    }

    private void Start(string expression)
    {
        text = expression;
        tokens = FormulaTokens.Split(data, expression);
        position = 0;
        nesting = 0;
    }

    private FormulaValue Comparison()
    {
        Enter();
        var left = Sum();
        while (Next is { Kind: FormulaTokenKind.Symbol, Text: "<" or "<=" or ">" or ">=" or "==" or "!=" })
        {
            var symbol = Take().Text;
            left = Compare(symbol, left, Sum());
        }

        nesting--;
        return left;
    }

    private FormulaValue Sum()
    {
        var left = Product();
        while (Next is { Kind: FormulaTokenKind.Symbol, Text: "+" or "-" })
        {
            var symbol = Take().Text;
            left = FormulaFunctions.Combine(symbol, left, Product());
        }

        return left;
    }

    private FormulaValue Product()
    {
        var left = Sign();
        while (Next is { Kind: FormulaTokenKind.Symbol, Text: "*" or "/" or "//" or "%" })
        {
            var symbol = Take().Text;
            left = FormulaFunctions.Combine(symbol, left, Sign());
        }

        return left;
    }

    private FormulaValue Sign()
    {
        Enter();
        FormulaValue value;
        if (Next is { Kind: FormulaTokenKind.Symbol, Text: "-" })
        {
            position++;
            var inner = Sign();
            value = (owner, input, row) => -inner(owner, input, row);
        }
        else if (Next is { Kind: FormulaTokenKind.Symbol, Text: "+" })
        {
            position++;
            value = Sign();
        }
        else
        {
            value = Power();
        }

        nesting--;
        return value;
    }

    private FormulaValue Power()
    {
        var left = Atom();
        if (Next is not { Kind: FormulaTokenKind.Symbol, Text: "**" })
        {
            return left;
        }

        position++;
        return FormulaFunctions.Combine("**", left, Sign());
    }

    private FormulaValue Atom()
    {
        var token = Take();
        switch (token.Kind)
        {
            case FormulaTokenKind.Number when double.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number):
                return (_, _, _) => number;
            case FormulaTokenKind.Symbol when token.Text == "(":
                var inner = Comparison();
                Expect(")");
                return inner;
            case FormulaTokenKind.Name when Next is { Kind: FormulaTokenKind.Symbol, Text: "(" }:
                return Call(token.Text);
            case FormulaTokenKind.Name:
                return Variable(token.Text);
            default:
                throw Unknown();
        }
    }

    private FormulaValue Call(string name)
    {
        Expect("(");
        if (name == "Q" && Next.Kind == FormulaTokenKind.Text)
        {
            var variable = Variable(Take().Text);
            Expect(")");
            return variable;
        }

        var argument = Comparison();
        if (Next is { Kind: FormulaTokenKind.Symbol, Text: "," })
        {
            position++;
            var second = Comparison();
            Expect(")");
            return FormulaFunctions.Find(name, argument, second) ?? throw Unknown();
        }

        Expect(")");
        return name switch
        {
            "I" => argument,
            "center" => Scaled(argument, rescale: false),
            "standardize" or "scale" => Scaled(argument, rescale: true),
            _ => FormulaFunctions.Find(name) is { } function ? (owner, input, row) => function(argument(owner, input, row)) : throw Unknown(),
        };
    }

    // By the mean, and the standard deviation with n, of training's rows.
    private FormulaValue Scaled(FormulaValue argument, bool rescale)
    {
        var values = Values(argument);
        var mean = values.Length == 0 ? 0 : values.Sum() / values.Length;
        var deviation = rescale && values.Length > 0 ? Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / values.Length) : 1;
        return (owner, input, row) => (argument(owner, input, row) - mean) / deviation;
    }

    private double[] Values(FormulaValue argument)
    {
        var owner = new TrainingOnlyEstimator(data);
        return [.. Enumerable.Range(0, training.Rows).Select(row => argument(owner, training, row))];
    }

    private FormulaValue Variable(string name)
    {
        var variable = variables.IndexOf(name);
        if (variable < 0)
        {
            throw Unknown();
        }

        variables.UseAsNumber(variable);
        return (owner, input, row) => input.TextAt(row, variable) is { } found
            ? throw InputCheck.CellProblem(
                owner, input, row, variable, ProblemTypes.NotANumber, $"the formula computes with a number here and found the string \"{InputCheck.Shorten(found)}\"")
            : input.Row(row)[variable];
    }

    private static FormulaValue Compare(string symbol, FormulaValue left, FormulaValue right)
    {
        Func<double, double, bool> test = symbol switch
        {
            "<" => (x, y) => x < y,
            "<=" => (x, y) => x <= y,
            ">" => (x, y) => x > y,
            ">=" => (x, y) => x >= y,
            "==" => (x, y) => x == y,
            _ => (x, y) => x != y,
        };
        return (owner, input, row) => test(left(owner, input, row), right(owner, input, row)) ? 1 : 0;
    }

    private FormulaToken Take()
    {
        var token = Next;
        position++;
        return token;
    }

    private void Expect(string symbol)
    {
        if (Take() is not { Kind: FormulaTokenKind.Symbol, Text: var found } || found != symbol)
        {
            throw Unknown();
        }
    }

    private void Enter()
    {
        if (++nesting > DeepestNesting)
        {
            throw Unknown();
        }
    }

    private FlamaException Unknown() => data.Unsupported($"the term '{text}' of the formula", "Known: variables, C(), I(), Q(), arithmetic, functions of numpy, center, standardize, bs.");
}
