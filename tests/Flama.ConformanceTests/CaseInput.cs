using System.Text.Json;

namespace Flama.ConformanceTests;

/// <summary>A golden's input as rows.</summary>
internal static class CaseInput
{
    public static FeatureBatch Read(JsonElement input) => input.GetProperty("type").GetString() switch
    {
        "ndarray" => Array(input),
        "dataframe" => Frame(input),
        "strings" => Rows([.. input.GetProperty("data").EnumerateArray().Select(text => new[] { text })], 1, null),
        "csr" => Sparse(input),
        "dicts" => Records(input.GetProperty("data")),
        "lists" => Lists(input.GetProperty("data")),
        var other => throw new NotSupportedException($"input of type {other}"),
    };

    /// <summary>A number, NaN, infinity, boolean, string or null of a golden, into a cell.</summary>
    public static void SetCell(FeatureBatch batch, int row, int column, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                batch.SetText(row, column, value.GetString()!);
                break;
            case JsonValueKind.True:
            case JsonValueKind.False:
                batch.SetNumber(row, column, value.ValueKind == JsonValueKind.True ? 1 : 0);
                break;
            case JsonValueKind.Null:
                batch.SetNumber(row, column, FeatureBatch.Null);
                break;
            default:
                batch.SetNumber(row, column, Number(value));
                break;
        }
    }

    /// <summary>A number of a golden, where NaN and infinities are objects.</summary>
    public static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Object
        ? value.GetProperty("$").GetString() switch
        {
            "nan" => double.NaN,
            "inf" or "+inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            var other => throw new NotSupportedException($"number {other}"),
        }
        : value.ValueKind switch
        {
            JsonValueKind.True => 1,
            JsonValueKind.False => 0,
            JsonValueKind.Null => double.NaN,
            _ => value.GetDouble(),
        };

    private static FeatureBatch Array(JsonElement input)
    {
        var shape = input.GetProperty("shape").EnumerateArray().Select(length => length.GetInt32()).ToArray();
        var data = input.GetProperty("data");
        return shape.Length == 1
            ? Rows([.. data.EnumerateArray().Select(cell => new[] { cell })], 1, null)
            : Rows([.. data.EnumerateArray().Select(row => row.EnumerateArray().ToArray())], shape[1], null);
    }

    private static FeatureBatch Frame(JsonElement input)
    {
        string[] names = [.. input.GetProperty("columns").EnumerateArray().Select(name => name.GetString()!)];
        return Rows([.. input.GetProperty("rows").EnumerateArray().Select(row => row.EnumerateArray().ToArray())], names.Length, names);
    }

    private static FeatureBatch Sparse(JsonElement input)
    {
        var shape = input.GetProperty("shape").EnumerateArray().Select(length => length.GetInt32()).ToArray();
        var starts = input.GetProperty("indptr").EnumerateArray().Select(value => value.GetInt32()).ToArray();
        var columns = input.GetProperty("indices").EnumerateArray().Select(value => value.GetInt32()).ToArray();
        var values = input.GetProperty("data").EnumerateArray().Select(Number).ToArray();
        var rows = new SparseRows(shape[1], shape[0]);
        for (var row = 0; row < shape[0]; row++)
        {
            for (var i = starts[row]; i < starts[row + 1]; i++)
            {
                rows.Add(columns[i], values[i]);
            }

            rows.EndRow();
        }

        return FeatureBatch.OfSparse(rows);
    }

    // One column a name, in order of appearance; a name that a row lacks is null there, and Python's None is NaN.
    private static FeatureBatch Records(JsonElement data)
    {
        string[] names = [.. data.EnumerateArray().SelectMany(row => row.EnumerateObject()).Select(member => member.Name).Distinct(StringComparer.Ordinal)];
        var batch = FeatureBatch.RentEmpty(names.Length, data.GetArrayLength(), names);
        foreach (var record in data.EnumerateArray())
        {
            var row = batch.AddRow();
            foreach (var member in record.EnumerateObject())
            {
                var column = System.Array.IndexOf(names, member.Name);
                if (member.Value.ValueKind == JsonValueKind.Null)
                {
                    batch.SetNumber(row, column, double.NaN);
                }
                else
                {
                    SetCell(batch, row, column, member.Value);
                }
            }
        }

        return batch;
    }

    // As many columns as the longest list; shorter ones end in null.
    private static FeatureBatch Lists(JsonElement data)
    {
        var batch = FeatureBatch.RentEmpty(data.EnumerateArray().Max(list => list.GetArrayLength()), data.GetArrayLength());
        foreach (var list in data.EnumerateArray())
        {
            var row = batch.AddRow();
            var column = 0;
            foreach (var cell in list.EnumerateArray())
            {
                SetCell(batch, row, column++, cell);
            }
        }

        return batch;
    }

    private static FeatureBatch Rows(JsonElement[][] rows, int columns, string[]? names)
    {
        var batch = FeatureBatch.RentEmpty(columns, rows.Length, names);
        foreach (var cells in rows)
        {
            var row = batch.AddRow();
            for (var column = 0; column < columns; column++)
            {
                SetCell(batch, row, column, cells[column]);
            }
        }

        return batch;
    }
}
