using System.Globalization;
using Flama.Json;
using Flama.Pickle.Numpy;

namespace Flama.Sklearn.Preprocessing;

/// <summary>The labels of a <see cref="LabelEncoder"/>: a cell to its position, after the cell was cast to the labels' numpy type where scikit-learn does that.</summary>
/// <remarks>
/// Since 1.1 labels are cast first: text is cut to the longest label's length, numbers become text, text is read as a number, decimals are cut off where
/// labels are integers. So 'yesterday' is 'yes' among 'no' and 'yes'; that is what Python answers.
/// </remarks>
internal sealed class LabelTable
{
    private readonly CategoryTable table;
    private readonly DTypeKind cast = DTypeKind.Object;
    private readonly int textLength;

    public LabelTable(EstimatorState state)
    {
        Labels = state.Labels("classes_");
        table = new CategoryTable(Labels.Labels);
        if (state.Version.IsAtLeast(1, 1) && state.Value("classes_") is NdArray array)
        {
            cast = array.Type.Kind;
            textLength = array.Type.ItemSize / 4;
        }
    }

    /// <summary>The labels in order.</summary>
    public LabelSet Labels { get; }

    /// <summary>The position of a cell's label; −1 when it is none.</summary>
    public int Find(string? text, double number) => cast switch
    {
        DTypeKind.Text => table.Find(Cut(text ?? (double.IsNaN(number) ? "nan" : Show(number))), number),
        DTypeKind.Integer or DTypeKind.Unsigned => text is not null && table.Find(text, number) is >= 0 and var exact
            ? exact
            : table.Find(null, ToInteger(text, number)),
        DTypeKind.Float => table.Find(null, text is null ? number : PythonNumber.TryParse(text, out var value) ? value : double.NaN),
        DTypeKind.Boolean => table.Find(null, text is null ? (number != 0 ? 1 : 0) : double.NaN),
        _ => table.Find(text, number),
    };

    private static double ToInteger(string? text, double number) => text is null
        ? Math.Truncate(number)
        : long.TryParse(text.Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : double.NaN;

    private static string Show(double number) => number == Math.Floor(number) && Math.Abs(number) < 1e15
        ? number.ToString("F0", CultureInfo.InvariantCulture)
        : number.ToString("R", CultureInfo.InvariantCulture);

    // By code points, as numpy counts.
    private string Cut(string text)
    {
        if (text.Length <= textLength)
        {
            return text;
        }

        var length = 0;
        var count = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (count++ == textLength)
            {
                return text[..length];
            }

            length += rune.Utf16SequenceLength;
        }

        return text;
    }
}
