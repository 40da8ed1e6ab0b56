namespace Flama.Sklearn.Decomposition;

/// <summary>The lasso by coordinate descent: one atom's coefficient after the other, until the duality gap is below the tolerance's share of the row's squared length.</summary>
internal sealed class CoordinateCode(Matrix gram, double alpha, int rounds, bool isPositive) : ICodeSolver
{
    private const double Tolerance = 1e-4;

    public void Solve(ReadOnlySpan<double> products, double norm, Span<double> code)
    {
        using var scratch = new Scratch(code.Length);
        var fitted = scratch.Span;
        fitted.Clear();
        for (var round = 0; round < rounds; round++)
        {
            double largest = 0, change = 0;
            for (var atom = 0; atom < code.Length; atom++)
            {
                var before = code[atom];
                Descend(products, fitted, code, atom);
                change = Math.Max(change, Math.Abs(code[atom] - before));
                largest = Math.Max(largest, Math.Abs(code[atom]));
            }

            if ((largest == 0 || change / largest < Tolerance) && Gap(products, norm, fitted, code) < Tolerance * norm)
            {
                return;
            }
        }
    }

    private void Descend(ReadOnlySpan<double> products, Span<double> fitted, Span<double> code, int atom)
    {
        var length = gram[atom, atom];
        if (length == 0)
        {
            return;
        }

        Add(fitted, atom, -code[atom]);
        var left = products[atom] - fitted[atom];
        code[atom] = isPositive && left < 0 ? 0 : Math.Sign(left) * Math.Max(Math.Abs(left) - alpha, 0) / length;
        Add(fitted, atom, code[atom]);
    }

    private void Add(Span<double> fitted, int atom, double factor)
    {
        if (factor == 0)
        {
            return;
        }

        var row = gram.Row(atom);
        for (var i = 0; i < fitted.Length; i++)
        {
            fitted[i] += factor * row[i];
        }
    }

    private double Gap(ReadOnlySpan<double> products, double norm, ReadOnlySpan<double> fitted, ReadOnlySpan<double> code)
    {
        double dual = isPositive ? double.NegativeInfinity : 0, product = 0, quadratic = 0, size = 0;
        for (var i = 0; i < code.Length; i++)
        {
            var left = products[i] - fitted[i];
            dual = Math.Max(dual, isPositive ? left : Math.Abs(left));
            product += code[i] * products[i];
            quadratic += code[i] * fitted[i];
            size += Math.Abs(code[i]);
        }

        var residual = norm + quadratic - (2 * product);
        var scale = dual > alpha ? alpha / dual : 1;
        var gap = dual > alpha ? 0.5 * (residual + (residual * scale * scale)) : residual;
        return gap + (alpha * size) - (scale * norm) + (scale * product);
    }
}
