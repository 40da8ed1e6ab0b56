namespace Flama.Joining;

/// <summary>Inputs of several callers as one.</summary>
internal static class JoinedInputs
{
    /// <summary>What an input has to have in common with others to be computed with them, beside what <see cref="Fit"/> compares; null where it is computed alone.</summary>
    public static byte[]? FormOf(ModelInput input) => input switch
    {
        FeatureBatch rows => JoinedCells.KindsOf(rows),
        TensorInputs tensors => JoinedTensors.FormOf(tensors),
        _ => null,
    };

    /// <summary>Whether two inputs of equal forms can be one.</summary>
    public static bool Fit(ModelInput one, ModelInput other) => (one, other) switch
    {
        (FeatureBatch rows, FeatureBatch others) => JoinedCells.HaveTheSameColumns(rows, others),
        (TensorInputs, TensorInputs) => true,
        _ => false,
    };

    /// <summary>Copies inputs into a new one, one behind the other.</summary>
    /// <param name="inputs">One or more that fit.</param>
    public static ModelInput Join(IReadOnlyList<ModelInput> inputs) => inputs[0] is FeatureBatch
        ? JoinedCells.Join([.. inputs.Select(input => (FeatureBatch)input)])
        : JoinedTensors.Join([.. inputs.Select(input => (TensorInputs)input)]);

    /// <summary>Copies some rows into a new input, whose first row has the number 0.</summary>
    public static ModelInput Take(ModelInput joined, int first, int rows) => joined is FeatureBatch batch
        ? JoinedCells.Take(batch, first, rows)
        : JoinedTensors.Take((TensorInputs)joined, first, rows);
}
