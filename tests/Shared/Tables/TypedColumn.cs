using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Types;
using Parquet;
using Parquet.Schema;

namespace Flama.Tests.Tables;

/// <summary>A column of cells that have one type, null where they are missing.</summary>
/// <param name="Name">The name.</param>
/// <param name="Type">long, ulong, int, float, double, bool, string, decimal, DateOnly or DateTime.</param>
/// <param name="Cells">The cells.</param>
internal sealed record TypedColumn(string Name, Type Type, object?[] Cells)
{
    /// <summary>Whether Arrow has the texts in a dictionary.</summary>
    public bool IsDictionary { get; init; }

    /// <summary>Whether Arrow has the texts as views.</summary>
    public bool IsView { get; init; }

    /// <summary>The field of a Parquet schema.</summary>
    public DataField Field => Type == typeof(decimal)
        ? new DecimalDataField(Name, 18, 2, isNullable: true)
        : new DataField(Name, Type, isNullable: Type != typeof(string) ? true : null);

    /// <summary>The column of cells in JSON.</summary>
    public static TypedColumn Of(string name, JsonElement[] cells)
    {
        var kinds = cells.Select(cell => cell.ValueKind).Where(kind => kind != JsonValueKind.Null).ToHashSet();
        if (kinds.Contains(JsonValueKind.True) || kinds.Contains(JsonValueKind.False))
        {
            return Of(name, cells, cell => cell.GetBoolean());
        }

        if (kinds.Contains(JsonValueKind.String) || kinds.Count == 0)
        {
            return new(name, typeof(string), [.. cells.Select(cell => cell.GetString())]);
        }

        var numbers = cells.Where(cell => cell.ValueKind == JsonValueKind.Number).ToArray();
        return numbers.All(cell => cell.TryGetInt64(out _)) && numbers.Length == cells.Length ? Of(name, cells, cell => cell.GetInt64())
            : numbers.All(cell => cell.TryGetUInt64(out _)) && numbers.Length == cells.Length ? Of(name, cells, cell => cell.GetUInt64())
            : Of(name, cells, cell => cell.GetDouble());
    }

    /// <summary>Writes some rows.</summary>
    public Task WriteAsync(ParquetRowGroupWriter group, DataField field, int first, int count) => Type.Name switch
    {
        nameof(String) => group.WriteAsync(field, Some<string>(first, count)!),
        nameof(Int64) => WriteAsync<long>(group, field, first, count),
        nameof(UInt64) => WriteAsync<ulong>(group, field, first, count),
        nameof(Int32) => WriteAsync<int>(group, field, first, count),
        nameof(Single) => WriteAsync<float>(group, field, first, count),
        nameof(Double) => WriteAsync<double>(group, field, first, count),
        nameof(Boolean) => WriteAsync<bool>(group, field, first, count),
        nameof(Decimal) => WriteAsync<decimal>(group, field, first, count),
        nameof(DateOnly) => WriteAsync<DateOnly>(group, field, first, count),
        nameof(DateTime) => WriteAsync<DateTime>(group, field, first, count),
        _ => throw new NotSupportedException(Type.Name),
    };

    /// <summary>Some rows as an array.</summary>
    public IArrowArray ToArrow(int first, int count) => Type.Name switch
    {
        nameof(String) when IsDictionary => ToDictionary(first, count),
        nameof(String) when IsView => Some<string>(first, count).Aggregate(new StringViewArray.Builder(), (made, cell) => cell is null ? made.AppendNull() : made.Append(cell, null)).Build(),
        nameof(String) => new StringArray.Builder().AppendRange(Some<string>(first, count)).Build(),
        nameof(Int64) => Append(new Int64Array.Builder(), first, count, (made, cell) => made.Append((long)cell), made => made.AppendNull()).Build(),
        nameof(UInt64) => Append(new UInt64Array.Builder(), first, count, (made, cell) => made.Append((ulong)cell), made => made.AppendNull()).Build(),
        nameof(Int32) => Append(new Int32Array.Builder(), first, count, (made, cell) => made.Append((int)cell), made => made.AppendNull()).Build(),
        nameof(Single) => Append(new FloatArray.Builder(), first, count, (made, cell) => made.Append((float)cell), made => made.AppendNull()).Build(),
        nameof(Double) => Append(new DoubleArray.Builder(), first, count, (made, cell) => made.Append((double)cell), made => made.AppendNull()).Build(),
        nameof(Boolean) => Append(new BooleanArray.Builder(), first, count, (made, cell) => made.Append((bool)cell), made => made.AppendNull()).Build(),
        nameof(Decimal) => Append(new Decimal128Array.Builder(new Decimal128Type(18, 2)), first, count, (made, cell) => made.Append((decimal)cell), made => made.AppendNull()).Build(),
        nameof(DateOnly) => Append(new Date32Array.Builder(), first, count, (made, cell) => made.Append(((DateOnly)cell).ToDateTime(default)), made => made.AppendNull()).Build(),
        nameof(DateTime) => Append(
            new TimestampArray.Builder(new TimestampType(TimeUnit.Microsecond, (string?)null)),
            first,
            count,
            (made, cell) => made.Append(new DateTimeOffset((DateTime)cell, TimeSpan.Zero)),
            made => made.AppendNull()).Build(),
        _ => throw new NotSupportedException(Type.Name),
    };

    private static TypedColumn Of<T>(string name, JsonElement[] cells, Func<JsonElement, T> read)
        where T : struct =>
        new(name, typeof(T), [.. cells.Select(cell => cell.ValueKind == JsonValueKind.Null ? null : (object?)read(cell))]);

    private Task WriteAsync<T>(ParquetRowGroupWriter group, DataField field, int first, int count)
        where T : struct =>
        group.WriteAsync<T>(field, Cells.Skip(first).Take(count).Select(cell => (T?)cell).ToArray().AsMemory());

    private T?[] Some<T>(int first, int count)
        where T : class =>
        [.. Cells.Skip(first).Take(count).Select(cell => (T?)cell)];

    private TBuilder Append<TBuilder>(TBuilder builder, int first, int count, Action<TBuilder, object> add, Action<TBuilder> addNull)
    {
        foreach (var cell in Cells.Skip(first).Take(count))
        {
            if (cell is null)
            {
                addNull(builder);
            }
            else
            {
                add(builder, cell);
            }
        }

        return builder;
    }

    private DictionaryArray ToDictionary(int first, int count)
    {
        string[] entries = [.. Cells.OfType<string>().Distinct(StringComparer.Ordinal)];
        var keys = new Int32Array.Builder();
        foreach (var cell in Some<string>(first, count))
        {
            _ = cell is null ? keys.AppendNull() : keys.Append(System.Array.IndexOf(entries, cell));
        }

        return new(new DictionaryType(Int32Type.Default, StringType.Default, ordered: false), keys.Build(), new StringArray.Builder().AppendRange(entries).Build());
    }
}
