namespace Flama.Sklearn.Tree;

/// <summary>Sums and means over trees.</summary>
internal static class TreeSums
{
    /// <summary>Sets everything to 0.</summary>
    public static void Clear(OutputSlice output)
    {
        for (var row = 0; row < output.Rows; row++)
        {
            output.Row(row).Clear();
        }
    }

    /// <summary>Divides everything.</summary>
    public static void Divide(OutputSlice output, double divisor)
    {
        for (var row = 0; row < output.Rows; row++)
        {
            foreach (ref var value in output.Row(row))
            {
                value /= divisor;
            }
        }
    }
}
