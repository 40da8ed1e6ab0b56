using System.Globalization;
using System.Text.Json;

namespace Flama.ConformanceTests;

/// <summary>Compares an answer with a golden's.</summary>
/// <param name="relative">Relative tolerance.</param>
/// <param name="absolute">Absolute tolerance, scaled by the largest finite expected number of the array when that is above 1.</param>
internal sealed class Expectation(double relative, double absolute)
{
    /// <summary>What differs; null when nothing does.</summary>
    public string? Compare(JsonElement expected, ModelOutput actual) => actual.Form switch
    {
        OutputForm.List => CompareParts(expected, actual),
        OutputForm.Named => CompareOutputs(expected, actual),
        _ => Compare(expected, actual.Batch),
    };

    /// <summary>What differs from a bare list of rows, or of one value a row.</summary>
    public string? CompareBare(JsonElement expected, ModelOutput actual)
    {
        var rows = expected.EnumerateArray().Select(row => row.ValueKind == JsonValueKind.Array ? row.EnumerateArray().ToArray() : [row]).ToArray();
        return rows.Length == actual.Batch.Rows && (rows.Length == 0 || rows[0].Length == actual.Batch.Width)
            ? CompareRows(rows, actual.Batch)
            : $"({actual.Batch.Rows}, {actual.Batch.Width}) values, expected ({rows.Length}, {(rows.Length == 0 ? 0 : rows[0].Length)})";
    }

    /// <summary>What differs between two lists of rows, or of one value a row; NaN is null in the answer.</summary>
    public string? CompareJson(JsonElement expected, JsonElement actual)
    {
        var (wanted, found) = (Flatten(expected).ToArray(), Flatten(actual).ToArray());
        if (wanted.Length != found.Length || expected.GetArrayLength() != actual.GetArrayLength())
        {
            return $"{found.Length} values in {actual.GetArrayLength()} rows, expected {wanted.Length} in {expected.GetArrayLength()}";
        }

        var largest = wanted.Where(IsNumber).Select(CaseInput.Number).Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        var index = Enumerable.Range(0, wanted.Length).FirstOrDefault(i => !IsSame(wanted[i], found[i], absolute * Math.Max(1, largest)), -1);
        return index < 0 ? null : $"value {index}: {found[index].GetRawText()}, expected {wanted[index].GetRawText()}";
    }

    private string? CompareOutputs(JsonElement expected, ModelOutput actual)
    {
        var items = expected.GetProperty("items").EnumerateObject().ToArray();
        return items.Length != actual.Count
            ? $"{actual.Count} outputs, expected {items.Length}"
            : items.Select(item => actual.Find(item.Name) is PredictionBatch batch ? Compare(item.Value, batch) : $"no output '{item.Name}'").FirstOrDefault(difference => difference is not null);
    }

    private bool IsSame(JsonElement expected, JsonElement actual, double tolerance) => (expected.ValueKind, actual.ValueKind) switch
    {
        (JsonValueKind.String, JsonValueKind.String) => expected.GetString() == actual.GetString(),
        (JsonValueKind.Number or JsonValueKind.Object, JsonValueKind.Null) => !double.IsFinite(CaseInput.Number(expected)),
        (JsonValueKind.Number or JsonValueKind.Object, JsonValueKind.Number) => IsClose(CaseInput.Number(actual), CaseInput.Number(expected), tolerance),
        (JsonValueKind.True or JsonValueKind.False, JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False) => CaseInput.Number(expected).Equals(CaseInput.Number(actual)),
        (var wanted, var found) => wanted == found,
    };

    private static bool IsNumber(JsonElement value) => value.ValueKind is JsonValueKind.Number or JsonValueKind.Object;

    private string? Compare(JsonElement expected, PredictionBatch actual)
    {
        switch (expected.GetProperty("type").GetString())
        {
            case "ndarray":
                return CompareArray(expected, actual);
            case "series":
                return CompareRows([.. expected.GetProperty("data").EnumerateArray().Select(value => new[] { value })], actual);
            case "csr":
                return CompareSparse(expected, actual);
            case "dataframe":
                return CompareRows([.. expected.GetProperty("rows").EnumerateArray().Select(row => row.EnumerateArray().ToArray())], actual);
            case var other:
                throw new NotSupportedException($"expected value of type {other}");
        }
    }

    // One array a member, whether Python stacked them into one or not.
    private string? CompareParts(JsonElement expected, ModelOutput actual)
    {
        if (expected.TryGetProperty("data", out var data))
        {
            return data.EnumerateArray()
                .Select((part, i) => CompareRows([.. part.EnumerateArray().Select(row => row.EnumerateArray().ToArray())], (PredictionBatch)actual[i]))
                .FirstOrDefault(difference => difference is not null);
        }

        var items = expected.GetProperty("items").EnumerateArray().ToArray();
        if (items.Length != actual.Count)
        {
            return $"{actual.Count} arrays, expected {items.Length}";
        }

        for (var i = 0; i < items.Length; i++)
        {
            if (Compare(items[i], (PredictionBatch)actual[i]) is { } difference)
            {
                return $"array {i}: {difference}";
            }
        }

        return null;
    }

    private string? CompareArray(JsonElement expected, PredictionBatch actual)
    {
        var shape = expected.GetProperty("shape").EnumerateArray().Select(length => length.GetInt32()).ToArray();
        int[] found = [actual.Rows, .. actual.RowShape];
        if (!shape.SequenceEqual(found))
        {
            return $"shape ({string.Join(", ", found)}), expected ({string.Join(", ", shape)})";
        }

        var rows = expected.GetProperty("data").EnumerateArray();
        return CompareRows([.. rows.Select(row => row.ValueKind == JsonValueKind.Array ? [.. Flatten(row)] : new[] { row })], actual);
    }

    private static IEnumerable<JsonElement> Flatten(JsonElement row) =>
        row.ValueKind == JsonValueKind.Array ? row.EnumerateArray().SelectMany(Flatten) : [row];

    private string? CompareSparse(JsonElement expected, PredictionBatch actual)
    {
        var shape = expected.GetProperty("shape").EnumerateArray().Select(length => length.GetInt32()).ToArray();
        if (actual.Rows != shape[0] || actual.Width != shape[1])
        {
            return $"shape ({actual.Rows}, {actual.Width}), expected ({shape[0]}, {shape[1]})";
        }

        var starts = expected.GetProperty("indptr").EnumerateArray().Select(value => value.GetInt32()).ToArray();
        var columns = expected.GetProperty("indices").EnumerateArray().Select(value => value.GetInt32()).ToArray();
        var values = expected.GetProperty("data").EnumerateArray().Select(CaseInput.Number).ToArray();
        var dense = new double[shape[0] * shape[1]];
        for (var row = 0; row < shape[0]; row++)
        {
            for (var i = starts[row]; i < starts[row + 1]; i++)
            {
                dense[(row * shape[1]) + columns[i]] += values[i];
            }
        }

        return CompareNumbers(dense, actual);
    }

    private string? CompareRows(JsonElement[][] rows, PredictionBatch actual)
    {
        if (actual.Kind == PredictionKind.Label || rows.Any(row => row.Any(cell => cell.ValueKind is JsonValueKind.String or JsonValueKind.Null)))
        {
            return CompareCells(rows, actual);
        }

        if (rows.Length != actual.Rows || rows.Any(row => row.Length != actual.Width))
        {
            return $"({actual.Rows}, {actual.Width}) values, expected ({rows.Length}, {(rows.Length == 0 ? 0 : rows[0].Length)})";
        }

        return CompareNumbers([.. rows.SelectMany(row => row.Select(CaseInput.Number))], actual);
    }

    private string? CompareNumbers(double[] expected, PredictionBatch actual)
    {
        var largest = expected.Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0).Max();
        var tolerance = absolute * Math.Max(1, largest);
        for (var i = 0; i < expected.Length; i++)
        {
            if (!IsClose(actual.Values[i], expected[i], tolerance))
            {
                var (row, column) = (i / Math.Max(actual.Width, 1), i % Math.Max(actual.Width, 1));
                return string.Create(CultureInfo.InvariantCulture, $"row {row}, column {column}: {actual.Values[i]:R}, expected {expected[i]:R}");
            }
        }

        return null;
    }

    private bool IsClose(double actual, double expected, double tolerance) => double.IsFinite(expected)
        ? Math.Abs(actual - expected) <= tolerance + (relative * Math.Abs(expected))
        : actual.Equals(expected);

    private string? CompareCells(JsonElement[][] rows, PredictionBatch actual)
    {
        for (var row = 0; row < rows.Length; row++)
        {
            for (var column = 0; column < rows[row].Length; column++)
            {
                if (!IsSame(rows[row][column], actual, row, column))
                {
                    return $"row {row}, column {column}: {Show(actual, row, column)}, expected {rows[row][column].GetRawText()}";
                }
            }
        }

        return null;
    }

    private bool IsSame(JsonElement expected, PredictionBatch actual, int row, int column)
    {
        var cell = actual.ValueAt(row, column);
        return expected.ValueKind switch
        {
            JsonValueKind.String => cell.Text == expected.GetString(),
            JsonValueKind.True or JsonValueKind.False => cell.IsNumber && cell.Number == CaseInput.Number(expected),
            JsonValueKind.Null => cell.Kind == ScalarKind.Null || double.IsNaN(cell.Number),
            _ => cell.Text is null && IsClose(cell.Number, CaseInput.Number(expected), absolute),
        };
    }

    private static string Show(PredictionBatch actual, int row, int column) => actual.ValueAt(row, column).ToString();
}
