using System.Text;

namespace Flama.Tables;

/// <summary>What values of training tell of the cells of their column.</summary>
internal static class TrainedCells
{
    /// <summary>The types of the values; missing ones tell nothing.</summary>
    public static CellTypes TypesOf(IEnumerable<Scalar> values)
    {
        var types = CellTypes.Unknown;
        foreach (var value in values)
        {
            types |= value.Kind switch
            {
                ScalarKind.Text => TypesOf(value.Text!),
                ScalarKind.Boolean => CellTypes.Boolean,
                ScalarKind.Integer => LargeIntegers.Contains(value) ? CellTypes.Number | CellTypes.LargeInteger : CellTypes.Number,
                ScalarKind.Float when !double.IsNaN(value.Number) => CellTypes.Number,
                _ => CellTypes.Unknown,
            };
        }

        return types;
    }

    private static CellTypes TypesOf(string text) =>
        text.Length == 0 ? CellTypes.Text | CellTypes.EmptyText
        : MissingWords.Contains(Encoding.UTF8.GetBytes(text)) ? CellTypes.Text | CellTypes.MissingWord
        : CellTypes.Text;
}
