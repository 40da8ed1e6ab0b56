namespace Flama.AspNetCore.Memory;

/// <summary>Estimates what requests hold.</summary>
internal static class Footprint
{
    // The text itself, its rows of 8 bytes a number, which takes two characters or more, and what growing leaves behind.
    private const int OfNumbers = 4;

    // Besides, a reference a text, and the text as a string of its own.
    private const int OfTexts = 8;

    // Digits, or a label, and the comma.
    private const int JsonOfValue = 20;

    /// <summary>What reading a text holds.</summary>
    /// <param name="method">The method that its rows are for.</param>
    /// <param name="length">The text's length in bytes.</param>
    public static long OfText(ModelMethod method, long length) => length * (HasTexts(method) ? OfTexts : OfNumbers);

    /// <summary>What computing holds: the rows and the answer to them.</summary>
    public static long OfCall(ModelMethod method, ModelInput input)
    {
        var rows = (long)input.Rows;
        return (input is FeatureBatch batch ? rows * batch.Columns * CellSize(batch) : ((TensorInputs)input).ElementCount * sizeof(double)) + (rows * WidthOf(method) * sizeof(double));
    }

    /// <summary>What an answer holds as text.</summary>
    public static long OfJson(ModelMethod method, ModelInput input) => input.Rows * WidthOf(method) * JsonOfValue;

    private static int CellSize(FeatureBatch batch) => batch.IsNumeric ? sizeof(double) : 2 * sizeof(double);

    private static bool HasTexts(ModelMethod method)
    {
        if (method.Input is not TableSpec { HasKnownFeatures: true } table)
        {
            return method.Input is TableSpec;
        }

        foreach (var feature in table.Features)
        {
            if (feature.Kind != FeatureKind.Number)
            {
                return true;
            }
        }

        return false;
    }

    // Values per row; a dimension that is not known counts as one.
    private static long WidthOf(ModelMethod method)
    {
        var outputs = method.Outputs;
        var sum = 0L;
        for (var i = 0; i < outputs.Count; i++)
        {
            var width = 1L;
            for (var dimension = 1; dimension < outputs[i].Shape?.Count; dimension++)
            {
                width *= Math.Max(1, outputs[i].Shape![dimension].Length ?? 1);
            }

            sum += width;
        }

        return sum;
    }
}
