namespace Flama.Sklearn.Numerics;

/// <summary>Sums and means of rows of values.</summary>
internal static class RowSums
{
    /// <summary>Sets everything to 0.</summary>
    public static void Clear(OutputSlice output)
    {
        for (var row = 0; row < output.Rows; row++)
        {
            output.Row(row).Clear();
        }
    }

    /// <summary>Adds values of the same shape.</summary>
    public static void Add(OutputSlice output, OutputSlice values)
    {
        for (var row = 0; row < output.Rows; row++)
        {
            var sums = output.Row(row);
            var own = values.Row(row);
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += own[i];
            }
        }
    }

    /// <summary>Rounds everything to float32: after each sum or quotient of float32 numbers, what computing in float32 gives.</summary>
    public static void Round(OutputSlice output)
    {
        for (var row = 0; row < output.Rows; row++)
        {
            foreach (ref var value in output.Row(row))
            {
                value = (float)value;
            }
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
