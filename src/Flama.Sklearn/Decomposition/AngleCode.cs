namespace Flama.Sklearn.Decomposition;

/// <summary>Least angle regression: from 0 along the direction that has the same angle with all chosen atoms, until another one has it too.</summary>
/// <remarks>
/// It ends after a number of steps, or, as the lasso, where the largest product with what is left is down to alpha; an atom whose coefficient reaches 0 on the way is then given back.
/// </remarks>
internal sealed class AngleCode(Matrix gram, double alpha, int steps, bool isLasso, bool isPositive) : ICodeSolver
{
    // float32's epsilon and smallest number, as scikit-learn uses them.
    private const double Equal = 1.1920928955078125e-07;
    private const double Tiny = 1.1754943508222875e-38;
    private const double Dependent = 1e-7;

    public void Solve(ReadOnlySpan<double> products, double norm, Span<double> code)
    {
        var path = new Path(gram, products.ToArray());
        var (lastLevel, wasGivenBack) = (0.0, false);
        for (var step = 0; ; step++)
        {
            var (atom, level) = path.Next(isPositive);
            if (level <= alpha + Equal)
            {
                if (isLasso && step > 0 && Math.Abs(level - alpha) > Equal)
                {
                    path.GoBack((lastLevel - alpha) / (lastLevel - level));
                }

                break;
            }

            if (step >= steps || path.Count >= gram.Rows)
            {
                break;
            }

            if (!wasGivenBack && !path.Choose(atom))
            {
                step--;
                continue;
            }

            if (isLasso && step > 0 && lastLevel < level)
            {
                break;
            }

            lastLevel = level;
            wasGivenBack = path.Advance(level, isLasso, isPositive);
        }

        path.Code.CopyTo(code);
    }

    private sealed class Path(Matrix gram, double[] products)
    {
        private readonly double[] left = [.. products];
        private readonly double[] before = new double[products.Length];
        private readonly double[] direction = new double[products.Length];
        private readonly double[] signs = new double[products.Length];
        private readonly bool[] isExcluded = new bool[products.Length];
        private readonly List<int> chosen = [];

        public double[] Code { get; } = new double[products.Length];

        public int Count => chosen.Count;

        // The atom not chosen yet that has the largest product with what is left.
        public (int Atom, double Level) Next(bool isPositive)
        {
            var (atom, level) = (-1, 0.0);
            for (var i = 0; i < left.Length; i++)
            {
                var size = isPositive ? left[i] : Math.Abs(left[i]);
                if (!isExcluded[i] && !chosen.Contains(i) && (atom < 0 || size > level))
                {
                    (atom, level) = (i, size);
                }
            }

            return (atom, level);
        }

        // False when the atom depends on the chosen ones; it is then left out for good.
        public bool Choose(int atom)
        {
            var factor = FactorOf();
            if (Math.Sqrt(Math.Abs(factor.Rest(atom))) < Dependent)
            {
                isExcluded[atom] = true;
                return false;
            }

            chosen.Add(atom);
            signs[atom] = Math.Sign(left[atom]);
            return true;
        }

        // Goes to the next event; true when an atom was given back.
        public bool Advance(double level, bool isLasso, bool isPositive)
        {
            var scale = Direct(isPositive);
            var length = Math.Min(LengthTo(level, scale, isPositive), level / scale);
            var givenBack = -1;
            for (var i = 0; isLasso && i < chosen.Count; i++)
            {
                var crossing = -Code[chosen[i]] / (direction[chosen[i]] + Tiny);
                if (crossing > 0 && crossing < length)
                {
                    (givenBack, length) = (i, crossing);
                }
            }

            Code.CopyTo(before, 0);
            foreach (var atom in chosen)
            {
                Code[atom] += length * direction[atom];
            }

            if (givenBack >= 0)
            {
                Code[chosen[givenBack]] = 0;
                chosen.RemoveAt(givenBack);
            }

            for (var i = 0; i < left.Length; i++)
            {
                left[i] = products[i];
                for (var j = 0; j < Code.Length; j++)
                {
                    left[i] -= Code[j] == 0 ? 0 : gram[i, j] * Code[j];
                }
            }

            return givenBack >= 0;
        }

        // A share of the last step only.
        public void GoBack(double share)
        {
            for (var i = 0; i < Code.Length; i++)
            {
                Code[i] = before[i] + (share * (Code[i] - before[i]));
            }
        }

        private CholeskyFactor FactorOf()
        {
            var factor = new CholeskyFactor(gram, chosen.Count + 1);
            foreach (var atom in chosen)
            {
                factor.Add(atom, Math.Max(Math.Sqrt(Math.Abs(factor.Rest(atom))), double.Epsilon));
            }

            return factor;
        }

        private double Direct(bool isPositive)
        {
            var solution = chosen.Select(atom => isPositive ? 1 : signs[atom]).ToArray();
            FactorOf().Solve(solution);
            var sum = 0.0;
            for (var i = 0; i < solution.Length; i++)
            {
                sum += solution[i] * (isPositive ? 1 : signs[chosen[i]]);
            }

            var scale = 1 / Math.Sqrt(sum);
            Array.Clear(direction);
            for (var i = 0; i < solution.Length; i++)
            {
                direction[chosen[i]] = scale * solution[i];
            }

            return scale;
        }

        // Where another atom has the same product as the chosen ones.
        private double LengthTo(double level, double scale, bool isPositive)
        {
            var shortest = double.PositiveInfinity;
            for (var i = 0; i < left.Length; i++)
            {
                if (isExcluded[i] || chosen.Contains(i))
                {
                    continue;
                }

                var slope = chosen.Sum(atom => gram[i, atom] * direction[atom]);
                var up = (level - left[i]) / (scale - slope + Tiny);
                var down = isPositive ? double.PositiveInfinity : (level + left[i]) / (scale + slope + Tiny);
                shortest = Math.Min(shortest, Math.Min(up > 0 ? up : double.PositiveInfinity, down > 0 ? down : double.PositiveInfinity));
            }

            return shortest;
        }
    }
}
