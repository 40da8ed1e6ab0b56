using Flama.Pickle.Pandas;
using Flama.Sklearn.Preprocessing;

namespace Flama.Sklearn.Frames;

/// <summary>A number for each of some cells: strings, numbers, missing.</summary>
internal sealed class CellMap
{
    private readonly CategoryTable table;
    private readonly double[] values;

    public CellMap(IReadOnlyList<Scalar> cells, double[] values)
    {
        table = new CategoryTable(cells);
        this.values = values;
    }

    /// <summary>Whether missing cells have a number.</summary>
    public bool HasMissing => table.HasMissing;

    /// <summary>The cells that JSON can say, for signatures.</summary>
    public IReadOnlyList<Scalar> Sayable() => table.Sayable();

    /// <summary>Reads a series whose index is the cells and whose values are the numbers.</summary>
    public static CellMap Read(EstimatorState state, object? value, string place) => PandasSeries.TryRead(value, out var series)
        ? new(state.AsScalars(series.Labels, place), state.AsVector(series.Values, place))
        : throw state.Fail($"'{place}' is {PythonType.NameOf(value)}, expected a pandas Series of plain labels and numbers");

    /// <summary>The number of a cell.</summary>
    /// <param name="text">The cell's string, or null when it is a number.</param>
    /// <param name="number">The cell's number.</param>
    /// <param name="value">The number that stands for it.</param>
    /// <returns>False when the cell has none.</returns>
    public bool TryFind(string? text, double number, out double value)
    {
        var position = table.Find(text, number);
        value = position < 0 ? double.NaN : values[position];
        return position >= 0;
    }
}
