using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Flama.Pickle.Numpy;

namespace Flama.Pickle.Pandas;

/// <summary>Reads a pandas index, which old ColumnTransformers keep in place of column names.</summary>
public static class PandasIndex
{
    private const int MaxRange = 1 << 24;

    /// <summary>Reads the labels of an <c>Index</c>, <c>Int64Index</c> and their like, or of a <c>RangeIndex</c>.</summary>
    /// <param name="instance">What a pickle holds.</param>
    /// <param name="labels">The labels: an array of objects, text or numbers.</param>
    /// <returns>False when the object is not an index, or one of another kind (dates, intervals, several levels).</returns>
    /// <exception cref="PickleException">It is a range of more than 2²⁴ numbers.</exception>
    public static bool TryRead(PickleObject instance, [NotNullWhen(true)] out NdArray? labels)
    {
        ArgumentNullException.ThrowIfNull(instance);
        labels = null;
        if (!instance.Class.Module.StartsWith("pandas.", StringComparison.Ordinal)
            || instance.Arguments.Count != 2
            || instance.Arguments[1] is not PickleDict parts)
        {
            return false;
        }

        if (instance.Class.Name == "RangeIndex")
        {
            labels = ReadRange(parts);
        }
        else if (parts.TryGetValue("data", out var data))
        {
            labels = data is NdArray { Shape.Count: 1 } array ? array : data is PickleObject texts && PandasTexts.TryRead(texts, out var found) ? found : null;
        }

        return labels is not null;
    }

    private static NdArray? ReadRange(PickleDict parts)
    {
        if (!parts.TryGetValue("start", out var startValue) || startValue is not long start
            || !parts.TryGetValue("stop", out var stopValue) || stopValue is not long stop
            || !parts.TryGetValue("step", out var stepValue) || stepValue is not long step
            || step == 0)
        {
            return null;
        }

        var span = (Int128)stop - start;
        var count = span > 0 == step > 0 ? (span / step) + (span % step == 0 ? 0 : 1) : 0;
        if (count > MaxRange)
        {
            throw new PickleException(PickleErrorCode.LimitExceeded, $"A pandas RangeIndex has {count} labels; {MaxRange} are allowed.");
        }

        var numbers = new long[(int)count];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = start + (i * step);
        }

        return new NdArray(DType.Int64, [numbers.Length], MemoryMarshal.AsBytes<long>(numbers).ToArray());
    }
}
