namespace Flama.Sklearn.Tree;

/// <summary>What the leaves of a classifier's tree hold: only the writer's version tells, since the records of 1.3 and 1.4 have the same fields.</summary>
internal static class LeafValues
{
    /// <summary>
    /// Whether they are counts of training rows by class (0.23.2, 1.1.3, 1.2.1, 1.2.2, 1.3.0, 1.3.2) rather than fractions (1.4.2, 1.5.2, 1.6.1, 1.7.2,
    /// 1.8.0, 1.9.0, 1.9.1).
    /// </summary>
    public static bool AreCounts(SklearnVersion version) => !version.IsAtLeast(1, 4);
}
