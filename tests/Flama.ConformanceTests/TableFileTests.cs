using System.Text.Json;
using Flama.Tests.Tables;
using Parquet;

namespace Flama.ConformanceTests;

/// <summary>Pipelines trained on a table that pandas read, scored with that table as files of typed columns: the answers are those for the CSV.</summary>
public sealed class TableFileTests
{
    public static TheoryData<string, string> Cases() => TableCsvTests.Cases();

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Model_OfParquet_AnswersAsForTheTable(string archive, string name) =>
        TableCsvTests.CompareAsync(archive, name, files => (Parquet(files["rows.json"]), null));

    [Theory]
    [MemberData(nameof(Cases))]
    public Task Model_OfArrow_AnswersAsForTheTable(string archive, string name) =>
        TableCsvTests.CompareAsync(archive, name, files => (TypedTable.OfRecords(Rows(files["rows.json"])).ToArrow(isFile: name.Length % 2 == 0, batchRows: 7), null));

    private static byte[] Parquet(byte[] rows)
    {
        ParquetOptions options = new() { CompressionMethod = CompressionMethod.Snappy };
        return TypedTable.OfRecords(Rows(rows)).ToParquetAsync(options, 13).GetAwaiter().GetResult();
    }

    private static JsonElement Rows(byte[] rows) => JsonDocument.Parse(rows).RootElement;
}
