using System.Text;

namespace Flama.Tables;

/// <summary>What values of training tell of the cells of their column.</summary>
internal static class TrainedCells
{
    /// <summary>The types of the values; missing ones tell nothing.</summary>
    /// <param name="values">The values.</param>
    /// <param name="except">A value that tells nothing either; null for none.</param>
    public static CellTypes TypesOf(IReadOnlyList<Scalar> values, Scalar? except = null)
    {
        var types = CellTypes.Unknown;
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] is var value && value == except)
            {
                continue;
            }

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
