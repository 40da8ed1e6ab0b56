using System.Globalization;
using Flama.Tests.Tables;

namespace Flama.Scoring.Tests.Tables;

/// <summary>A table with a column of each type, and what its rows are.</summary>
internal static class Samples
{
    public const int Rows = 400;

    public static string[] Names => ["x", "small", "id", "n", "flag", "city", "amount", "day", "time"];

    public static TypedTable Table => new(
    [
        new("x", typeof(double), Cells(i => i % 9 == 0 ? null : i / 7.0)),
        new("small", typeof(float), Cells(i => i / 4f)),
        new("id", typeof(long), Cells(i => 9007199254740993 + i)),
        new("n", typeof(int), Cells(i => i % 5 == 0 ? null : i - 50)),
        new("flag", typeof(bool), Cells(i => i % 7 == 0 ? null : i % 2 == 0)),
        new("city", typeof(string), Cells(i => i % 11 == 0 ? null : $"Zürich {i % 13}")),
        new("amount", typeof(decimal), Cells(i => i % 3 == 0 ? null : i + 0.25m)),
        new("day", typeof(DateOnly), Cells(i => new DateOnly(1969, 12, 30).AddDays(i))),
        new("time", typeof(DateTime), Cells(i => new DateTime(2024, 1, 31, 23, 59, 0, DateTimeKind.Unspecified).AddMilliseconds(i * 500))),
    ]);

    public static string Expected => string.Join('|', Enumerable.Range(0, Rows).Select(Row));

    private static string Row(int i)
    {
        string?[] cells =
        [
            Number(i % 9 == 0 ? double.NaN : i / 7.0),
            Number(i / 4f),
            Number(9007199254740993 + i),
            Number(i % 5 == 0 ? double.NaN : i - 50),
            i % 7 == 0 ? "null" : i % 2 == 0 ? "1" : "0",
            i % 11 == 0 ? "null" : $"Zürich {i % 13}",
            Number(i % 3 == 0 ? double.NaN : i + 0.25),
            new DateOnly(1969, 12, 30).AddDays(i).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            new DateTime(2024, 1, 31, 23, 59, 0, DateTimeKind.Unspecified).AddMilliseconds(i * 500)
                .ToString(i % 2 == 0 ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture),
        ];
        return string.Join(' ', cells);
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static object?[] Cells(Func<int, object?> cell) => [.. Enumerable.Range(0, Rows).Select(cell)];
}
