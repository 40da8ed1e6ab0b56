using System.Collections.ObjectModel;

namespace Flama.Testing;

/// <summary>A row that a <see cref="FakeModel"/> was asked for. Immutable.</summary>
public sealed class FakeRow
{
    private readonly IReadOnlyList<string> names;

    internal FakeRow(FeatureBatch rows, int row, IReadOnlyList<string> names)
    {
        this.names = names;
        Cells = new ReadOnlyCollection<object?>([.. Enumerable.Range(0, rows.Columns).Select(column => CellOf(rows, row, column))]);
    }

    /// <summary>The cells in the order of the features: numbers (<see cref="double"/>), texts, and null where one is missing.</summary>
    public IReadOnlyList<object?> Cells { get; }

    /// <summary>The cell of a feature.</summary>
    /// <exception cref="KeyNotFoundException">The model has no feature of that name.</exception>
    public object? this[string feature] => Cells[IndexOf(feature)];

    /// <summary>The number of a feature; NaN where it is missing.</summary>
    /// <exception cref="KeyNotFoundException">The model has no feature of that name.</exception>
    /// <exception cref="InvalidCastException">The cell is a text.</exception>
    public double Number(string feature) => this[feature] is { } cell ? (double)cell : double.NaN;

    /// <summary>The text of a feature; null where it is missing.</summary>
    /// <exception cref="KeyNotFoundException">The model has no feature of that name.</exception>
    /// <exception cref="InvalidCastException">The cell is a number.</exception>
    public string? Text(string feature) => (string?)this[feature];

    private static object? CellOf(FeatureBatch rows, int row, int column) =>
        rows.TextAt(row, column) is { } text ? text : rows.Row(row)[column] is var number && double.IsNaN(number) ? null : number;

    private int IndexOf(string feature)
    {
        for (var i = 0; i < names.Count; i++)
        {
            if (string.Equals(names[i], feature, StringComparison.Ordinal))
            {
                return i;
            }
        }

        throw new KeyNotFoundException($"The fake has no feature '{feature}'. It has: {string.Join(", ", names)}.");
    }
}
