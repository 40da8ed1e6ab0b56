namespace Flama.Sklearn.Svm;

/// <summary>Probabilities of classes from probabilities of pairs: the second method of Wu, Lin and Weng (2004), iterated as libsvm does.</summary>
/// <remarks>
/// The iteration stops early, so its result differs from the exact one by up to 3e-3, for two classes too; the loop is therefore the same step by step.
/// </remarks>
internal readonly struct PairwiseCoupling(int classes)
{
    private const double MinProbability = 1e-7;
    private const int MinRounds = 100;

    private readonly double[] q = new double[classes * classes];
    private readonly double[] qp = new double[classes];

    /// <summary>Computes the probabilities.</summary>
    /// <param name="pairs">For each pair i before j the probability of i against j.</param>
    /// <param name="p">The probability of each class.</param>
    public void Solve(ReadOnlySpan<double> pairs, Span<double> p)
    {
        BuildQ(pairs);
        p.Fill(1.0 / classes);
        var tolerance = 0.005 / classes;
        var rounds = Math.Max(MinRounds, classes);
        for (var round = 0; round < rounds; round++)
        {
            var total = 0.0;
            for (var t = 0; t < classes; t++)
            {
                qp[t] = 0;
                for (var j = 0; j < classes; j++)
                {
                    qp[t] += q[(t * classes) + j] * p[j];
                }

                total += p[t] * qp[t];
            }

            if (LargestError(total) < tolerance)
            {
                return;
            }

            Sweep(p, total);
        }
    }

    private void BuildQ(ReadOnlySpan<double> pairs)
    {
        Array.Clear(q);
        var pair = 0;
        for (var i = 0; i < classes; i++)
        {
            for (var j = i + 1; j < classes; j++)
            {
                var r = Math.Clamp(pairs[pair++], MinProbability, 1 - MinProbability);
                q[(i * classes) + i] += (1 - r) * (1 - r);
                q[(j * classes) + j] += r * r;
                q[(i * classes) + j] = q[(j * classes) + i] = -r * (1 - r);
            }
        }
    }

    private double LargestError(double total)
    {
        var largest = 0.0;
        foreach (var value in qp)
        {
            largest = Math.Max(largest, Math.Abs(value - total));
        }

        return largest;
    }

    private void Sweep(Span<double> p, double total)
    {
        for (var t = 0; t < classes; t++)
        {
            var diagonal = q[(t * classes) + t];
            var step = (total - qp[t]) / diagonal;
            p[t] += step;
            total = (total + (step * ((step * diagonal) + (2 * qp[t])))) / (1 + step) / (1 + step);
            for (var j = 0; j < classes; j++)
            {
                qp[j] = (qp[j] + (step * q[(t * classes) + j])) / (1 + step);
                p[j] /= 1 + step;
            }
        }
    }
}
