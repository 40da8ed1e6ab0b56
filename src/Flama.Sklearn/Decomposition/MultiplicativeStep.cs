using Flama.Sklearn.Numerics;

namespace Flama.Sklearn.Decomposition;

/// <summary>One multiplicative update of all weights: W times the ratio of the two parts of the gradient, to a power that keeps the divergence falling.</summary>
internal sealed class MultiplicativeStep
{
    // float32's, as scikit-learn uses it.
    private const double Epsilon = 1.1920928955078125e-07;

    private readonly FactorizationProblem problem;
    private readonly double[] sums;
    private readonly double power;

    public MultiplicativeStep(FactorizationProblem problem)
    {
        this.problem = problem;
        power = problem.Beta < 1 ? 1 / (2 - problem.Beta) : problem.Beta > 2 ? 1 / (problem.Beta - 1) : 1;
        sums = [.. Enumerable.Range(0, problem.Components.Rows).Select(i =>
        {
            var sum = 0.0;
            foreach (var value in problem.Components.Row(i))
            {
                sum += value;
            }

            return sum;
        })];
    }

    /// <summary>Sets all weights to the root of the mean of X per component.</summary>
    public void Start(ReadOnlySpan<double> rows, Span<double> weights)
    {
        var sum = 0.0;
        foreach (var value in rows)
        {
            sum += value;
        }

        weights.Fill(Math.Sqrt(sum / rows.Length / problem.Components.Rows));
    }

    /// <summary>Updates the weights.</summary>
    public void Update(ReadOnlySpan<double> rows, Span<double> weights)
    {
        var components = problem.Components;
        using var scratch = new Scratch((2 * components.Rows) + (2 * components.Columns));
        var numerator = scratch.Span[..components.Rows];
        var denominator = scratch.Span.Slice(components.Rows, components.Rows);
        var product = scratch.Span.Slice(2 * components.Rows, components.Columns);
        var ratio = scratch.Span[((2 * components.Rows) + components.Columns)..];
        for (var row = 0; row * components.Rows < weights.Length; row++)
        {
            var own = weights.Slice(row * components.Rows, components.Rows);
            Gradient(rows.Slice(row * components.Columns, components.Columns), own, numerator, denominator, product, ratio);
            for (var i = 0; i < own.Length; i++)
            {
                var divisor = denominator[i] + (problem.L1 > 0 ? problem.L1 : 0) + (problem.L2 > 0 ? problem.L2 * own[i] : 0);
                var delta = numerator[i] / (divisor == 0 ? Epsilon : divisor);
                own[i] *= power == 1 ? delta : Math.Pow(delta, power);
            }
        }
    }

    /// <summary>The root of twice the divergence of X and W·H.</summary>
    public double Error(ReadOnlySpan<double> rows, ReadOnlySpan<double> weights)
    {
        var components = problem.Components;
        using var scratch = new Scratch(components.Columns);
        var error = 0.0;
        for (var row = 0; row * components.Rows < weights.Length; row++)
        {
            Multiply(weights.Slice(row * components.Rows, components.Rows), scratch.Span);
            error += Divergence(rows.Slice(row * components.Columns, components.Columns), scratch.Span);
        }

        return Math.Sqrt(2 * Math.Max(error, 0));
    }

    private void Gradient(
        ReadOnlySpan<double> row, ReadOnlySpan<double> own, Span<double> numerator, Span<double> denominator, Span<double> product, Span<double> ratio)
    {
        var components = problem.Components;
        if (problem.Beta == 2)
        {
            for (var i = 0; i < own.Length; i++)
            {
                numerator[i] = DotProduct.Of(row, components.Row(i));
                denominator[i] = DotProduct.Of(own, problem.Gram.Row(i));
            }

            return;
        }

        Multiply(own, product);
        for (var column = 0; column < row.Length; column++)
        {
            var safe = product[column] == 0 && problem.Beta < 2 ? Epsilon : product[column];
            ratio[column] = row[column] * Math.Pow(safe, problem.Beta - 2);
            product[column] = Math.Pow(product[column] == 0 && problem.Beta < 1 ? Epsilon : product[column], problem.Beta - 1);
        }

        for (var i = 0; i < own.Length; i++)
        {
            numerator[i] = DotProduct.Of(ratio, components.Row(i));
            denominator[i] = problem.Beta == 1 ? sums[i] : DotProduct.Of(product, components.Row(i));
        }
    }

    private void Multiply(ReadOnlySpan<double> own, Span<double> product)
    {
        product.Clear();
        for (var i = 0; i < own.Length; i++)
        {
            var component = problem.Components.Row(i);
            for (var column = 0; column < product.Length; column++)
            {
                product[column] += own[i] * component[column];
            }
        }
    }

    private double Divergence(ReadOnlySpan<double> row, ReadOnlySpan<double> product)
    {
        var beta = problem.Beta;
        var sum = 0.0;
        for (var column = 0; column < row.Length; column++)
        {
            var (x, y) = (row[column], product[column]);
            var isCounted = x > Epsilon;
            var safe = Math.Max(y, Epsilon);
            sum += beta switch
            {
                2 => (x - y) * (x - y) / 2,
                1 => y + (isCounted ? (x * Math.Log(x / safe)) - x : 0),
                0 => (isCounted ? (x / safe) - Math.Log(x / safe) : 0) - 1,
                _ => ((isCounted ? Math.Pow(x, beta) - (beta * x * Math.Pow(safe, beta - 1)) : 0) + (Math.Pow(y, beta) * (beta - 1))) / (beta * (beta - 1)),
            };
        }

        return sum;
    }
}
