using Flama.Pickle.Numpy;

namespace Flama.Sklearn.Neighbors;

/// <summary>The values of the training rows, and their mean over neighbors.</summary>
internal sealed class NeighborTargets
{
    private readonly double[] values;
    private readonly int width;

    /// <summary>Reads <c>_y</c>.</summary>
    public NeighborTargets(EstimatorState state, int rows)
    {
        var array = state.Array("_y");
        if (!array.IsNumeric || array.Shape.Count is not (1 or 2) || array.Shape[0] != rows || (array.Shape.Count == 2 && array.Shape[1] == 0))
        {
            throw state.Fail($"its values are {PythonType.NameOf(array)} for {rows} rows");
        }

        values = array.ToDoubles();
        width = values.Length / rows;
        Outputs = array.Shape.Count == 1 ? null : width;

        // numpy's conversion of NaN to the type of the values.
        Nothing = array.Type.Kind switch
        {
            DTypeKind.Float => double.NaN,
            DTypeKind.Integer => array.Type.ItemSize == sizeof(int) ? int.MinValue : long.MinValue,
            _ => 0,
        };
    }

    /// <summary>How many values a row gets; null for one without a second dimension.</summary>
    public int? Outputs { get; }

    /// <summary>What a row without neighbors gets.</summary>
    public double Nothing { get; }

    /// <summary>Writes the mean of the neighbors' values by weight.</summary>
    public void Average(ReadOnlySpan<int> neighbors, ReadOnlySpan<double> weights, Span<double> output)
    {
        var total = 0.0;
        foreach (var weight in weights)
        {
            total += weight;
        }

        for (var column = 0; column < width; column++)
        {
            var sum = 0.0;
            for (var i = 0; i < neighbors.Length; i++)
            {
                sum += values[(neighbors[i] * width) + column] * weights[i];
            }

            output[column] = sum / total;
        }
    }
}
