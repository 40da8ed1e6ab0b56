using System.Diagnostics.CodeAnalysis;
using Flama.Pickle.Numpy;

namespace Flama.Pickle.Pandas;

/// <summary>A series of pandas: values and the label of each. Immutable and thread-safe.</summary>
/// <param name="Labels">The index, one-dimensional.</param>
/// <param name="Values">The values, as many; numbers, strings or objects.</param>
/// <remarks>Seen in pickles of pandas 2.2, 2.3 and 3.1.</remarks>
public sealed record PandasSeries(NdArray Labels, NdArray Values)
{
    /// <summary>Reads a series.</summary>
    /// <param name="value">What a pickle holds.</param>
    /// <param name="series">The series.</param>
    /// <returns>False when the object is not a series, or one of dates, intervals or several levels.</returns>
    public static bool TryRead(object? value, [NotNullWhen(true)] out PandasSeries? series)
    {
        series = null;
        if (PandasBlocks.ManagerOf(value, "Series") is { } manager
            && PandasBlocks.Read(manager) is { } blocks
            && blocks.Axes is [var axis]
            && blocks.Blocks is [var block]
            && PandasBlocks.LabelsOf(axis) is { } labels
            && PandasBlocks.ArrayOf(block.Values) is { Shape.Count: 1 } values
            && values.Length == labels.Length)
        {
            series = new(labels, values);
        }

        return series is not null;
    }
}
