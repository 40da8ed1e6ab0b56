namespace Flama.Joining;

/// <summary>Inputs of several callers as one.</summary>
internal static class JoinedInputs
{
    /// <summary>What an input has to have in common with others to be computed with them, beside what <see cref="Fit"/> compares; null where it is computed alone.</summary>
    public static byte[]? FormOf(ModelInput input) => input is FeatureBatch rows ? JoinedCells.KindsOf(rows) : null;

    /// <summary>Whether two inputs of equal forms can be one.</summary>
    public static bool Fit(ModelInput one, ModelInput other) => one is FeatureBatch rows && other is FeatureBatch others && JoinedCells.HaveTheSameColumns(rows, others);

    /// <summary>Copies inputs into a new one, one behind the other.</summary>
    /// <param name="inputs">One or more that fit.</param>
    public static ModelInput Join(IReadOnlyList<ModelInput> inputs) => JoinedCells.Join([.. inputs.Select(input => (FeatureBatch)input)]);

    /// <summary>Copies some rows into a new input, whose first row has the number 0.</summary>
    public static ModelInput Take(ModelInput joined, int first, int rows) => JoinedCells.Take((FeatureBatch)joined, first, rows);
}
