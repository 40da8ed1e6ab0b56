namespace Flama.Sklearn.FeatureSelection;

/// <summary>The rules by which scores or p-values select columns.</summary>
internal static class SupportMask
{
    /// <summary>The mask of a class or of the <c>mode</c> of a generic selector.</summary>
    /// <param name="state">The attributes.</param>
    /// <param name="mode">percentile, k_best, fpr, fdr or fwe.</param>
    /// <param name="parameter">The attribute that holds the rule's number.</param>
    public static bool[] Of(EstimatorState state, string mode, string parameter)
    {
        switch (mode)
        {
            case "k_best" when state.Value(parameter) is "all":
                return All(state.Vector("scores_").Length);
            case "k_best":
                return Best(Clean(state.Vector("scores_")), state.Integer(parameter));
            case "percentile":
                return Percentile(Clean(state.Vector("scores_")), state.Number(parameter));
            case "fpr":
                return Below(state.Vector("pvalues_"), state.Number(parameter));
            case "fwe":
                var values = state.Vector("pvalues_");
                return Below(values, state.Number(parameter) / values.Length);
            default:
                return FalseDiscovery(state.Vector("pvalues_"), state.Number(parameter));
        }
    }

    /// <summary>The columns of the k highest scores; of equal ones the later.</summary>
    public static bool[] Best(double[] scores, int k)
    {
        var order = Enumerable.Range(0, scores.Length).ToArray();
        Array.Sort(order, (a, b) => scores[a] != scores[b] ? scores[a].CompareTo(scores[b]) : a.CompareTo(b));
        var mask = new bool[scores.Length];
        foreach (var column in order.Skip(scores.Length - Math.Clamp(k, 0, scores.Length)))
        {
            mask[column] = true;
        }

        return mask;
    }

    /// <summary>The columns whose score is in the highest per cent; of those on the edge the first.</summary>
    public static bool[] Percentile(double[] scores, double percent)
    {
        if (percent == 100 || scores.Length == 0)
        {
            return All(scores.Length);
        }

        if (percent == 0)
        {
            return new bool[scores.Length];
        }

        var threshold = Quantile(scores, (100 - percent) / 100);
        var mask = Array.ConvertAll(scores, score => score > threshold);
        var left = (int)(scores.Length * percent / 100) - mask.Count(isKept => isKept);
        for (var i = 0; i < scores.Length && left > 0; i++)
        {
            if (scores[i] == threshold)
            {
                mask[i] = true;
                left--;
            }
        }

        return mask;
    }

    /// <summary>The columns whose p-value is at most the largest that the procedure of Benjamini and Hochberg accepts.</summary>
    public static bool[] FalseDiscovery(double[] pValues, double alpha)
    {
        var sorted = pValues.Where(value => !double.IsNaN(value)).Order().ToArray();
        var accepted = double.NaN;
        for (var i = 0; i < sorted.Length; i++)
        {
            if (sorted[i] <= alpha / pValues.Length * (i + 1))
            {
                accepted = sorted[i];
            }
        }

        return Array.ConvertAll(pValues, value => value <= accepted);
    }

    /// <summary>numpy's quantile with linear interpolation.</summary>
    public static double Quantile(double[] values, double share)
    {
        var sorted = values.Order().ToArray();
        var position = (sorted.Length - 1) * share;
        var low = Math.Clamp((int)Math.Floor(position), 0, sorted.Length - 1);
        var high = Math.Min(low + 1, sorted.Length - 1);
        var weight = position - Math.Floor(position);
        var difference = sorted[high] - sorted[low];
        return weight < 0.5 ? sorted[low] + (difference * weight) : sorted[high] - (difference * (1 - weight));
    }

    private static bool[] Below(double[] values, double limit) => Array.ConvertAll(values, value => value < limit);

    private static bool[] All(int count)
    {
        var mask = new bool[count];
        mask.AsSpan().Fill(true);
        return mask;
    }

    // A score that could not be computed ranks lowest.
    private static double[] Clean(double[] scores) => Array.ConvertAll(scores, score => double.IsNaN(score) ? double.MinValue : score);
}
