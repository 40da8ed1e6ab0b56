namespace Flama.Sklearn.Decomposition;

/// <summary>Orthogonal matching pursuit: again and again the atom with the largest product with what is left, then all chosen ones fitted anew.</summary>
internal sealed class MatchingPursuit(Matrix gram, int count) : ICodeSolver
{
    private const double Epsilon = 2.220446049250313e-16;

    public void Solve(ReadOnlySpan<double> products, double norm, Span<double> code)
    {
        var chosen = new CholeskyFactor(gram, count);
        var left = products.ToArray();
        var fitted = new double[count];
        while (chosen.Count < count)
        {
            var atom = LargestOf(left);
            if (chosen.Atoms.Contains(atom) || left[atom] * left[atom] < Epsilon)
            {
                break;
            }

            var rest = chosen.Rest(atom);
            if (chosen.Count > 0 && rest <= Epsilon)
            {
                break;
            }

            chosen.Add(atom, Math.Sqrt(rest));
            for (var i = 0; i < chosen.Count; i++)
            {
                fitted[i] = products[chosen.Atoms[i]];
            }

            chosen.Solve(fitted);
            for (var i = 0; i < left.Length; i++)
            {
                left[i] = products[i];
                for (var j = 0; j < chosen.Count; j++)
                {
                    left[i] -= gram[i, chosen.Atoms[j]] * fitted[j];
                }
            }
        }

        for (var i = 0; i < chosen.Count; i++)
        {
            code[chosen.Atoms[i]] = fitted[i];
        }
    }

    private static int LargestOf(ReadOnlySpan<double> values)
    {
        var largest = 0;
        for (var i = 1; i < values.Length; i++)
        {
            largest = Math.Abs(values[i]) > Math.Abs(values[largest]) ? i : largest;
        }

        return largest;
    }
}
