namespace Flama.AspNetCore.Admission;

/// <summary>The most rows and values of a request, or of a part of a stream.</summary>
internal sealed class InputLimit(int rows, long cells)
{
    /// <summary>The limit of an application; null where it has none.</summary>
    public static InputLimit? Of(FlamaHttpOptions options) =>
        options is { MaxRows: null, MaxCells: null } ? null : new(options.MaxRows ?? int.MaxValue, options.MaxCells ?? long.MaxValue);

    /// <summary>Refuses an input that is larger, and disposes it.</summary>
    /// <exception cref="FlamaException">It is (<see cref="ErrorCodes.InputTooLarge"/>).</exception>
    public void Check(ModelInput input)
    {
        var (hasRows, hasCells) = (input.Rows, CellsOf(input));
        if (hasRows <= rows && hasCells <= cells)
        {
            return;
        }

        input.Dispose();
        throw new FlamaException(
            ErrorCodes.InputTooLarge,
            hasRows > rows ? $"The input has {hasRows} rows, and the limit is {rows}." : $"The input has {hasCells} values, and the limit is {cells}.",
            "Send fewer rows per request.");
    }

    private static long CellsOf(ModelInput input) => input is FeatureBatch batch ? (long)batch.Rows * batch.Columns : ((TensorInputs)input).ElementCount;
}
