namespace Flama.Sklearn;

/// <summary>Finds labels among labels, by value: the int 1 and the float 1.0 are the same.</summary>
internal static class LabelPositions
{
    /// <summary>The position of the first equal label; −1 when there is none.</summary>
    public static int Find(LabelSet labels, Scalar label)
    {
        for (var i = 0; i < labels.Count; i++)
        {
            if (labels[i] == label || (labels[i].IsNumber && label.IsNumber && labels[i].Number == label.Number))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>The positions of all labels of one set in another.</summary>
    /// <param name="state">Whose labels they are, for the error of a label that is not there.</param>
    /// <param name="of">The labels to find.</param>
    /// <param name="among">Where to find them.</param>
    public static int[] Map(EstimatorState state, LabelSet of, LabelSet among)
    {
        var positions = new int[of.Count];
        for (var i = 0; i < positions.Length; i++)
        {
            positions[i] = Find(among, of[i]);
            if (positions[i] < 0)
            {
                throw state.Fail($"the class {of[i]} of an estimator inside is not among its own");
            }
        }

        return positions;
    }
}
