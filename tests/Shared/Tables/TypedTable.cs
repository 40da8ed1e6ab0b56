using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Parquet;
using Parquet.Schema;

namespace Flama.Tests.Tables;

/// <summary>A table with typed columns, written as Parquet and Arrow by other people's libraries.</summary>
internal sealed record TypedTable(IReadOnlyList<TypedColumn> Columns)
{
    /// <summary>The columns of records in JSON, each of the type that all its cells have.</summary>
    public static TypedTable OfRecords(JsonElement rows)
    {
        var names = rows.EnumerateArray().SelectMany(row => row.EnumerateObject()).Select(member => member.Name).Distinct(StringComparer.Ordinal);
        return new([.. names.Select(name => TypedColumn.Of(name, [.. rows.EnumerateArray().Select(row => row.GetProperty(name))]))]);
    }

    /// <summary>The table as Parquet, in groups of rows.</summary>
    public async Task<byte[]> ToParquetAsync(ParquetOptions? options = null, int groupRows = int.MaxValue)
    {
        using MemoryStream stream = new();
        var fields = Columns.Select(column => column.Field).ToArray();
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), stream, options))
        {
            var rows = Columns[0].Cells.Length;
            for (var first = 0; first < rows; first += groupRows)
            {
                groupRows = Math.Min(groupRows, rows - first);
                using var group = writer.CreateRowGroup();
                foreach (var (column, field) in Columns.Zip(fields))
                {
                    await column.WriteAsync(group, field, first, groupRows);
                }

                group.CompleteValidate();
            }
        }

        return stream.ToArray();
    }

    /// <summary>The table as an Arrow file or stream, in batches of rows.</summary>
    public byte[] ToArrow(bool isFile, IpcOptions? options = null, int batchRows = int.MaxValue)
    {
        using MemoryStream stream = new();
        var rows = Columns[0].Cells.Length;
        Schema schema = new([.. Columns.Select(column => new Apache.Arrow.Field(column.Name, column.ToArrow(0, 0).Data.DataType, nullable: true))], null);
        using var writer = isFile ? new ArrowFileWriter(stream, schema, leaveOpen: true, options ?? new()) : new ArrowStreamWriter(stream, schema, leaveOpen: true, options ?? new());
        writer.WriteStart();
        for (var first = 0; first < rows; first += batchRows)
        {
            batchRows = Math.Min(batchRows, rows - first);
            writer.WriteRecordBatch(new RecordBatch(schema, Columns.Select(column => column.ToArrow(first, batchRows)), batchRows));
        }

        writer.WriteEnd();
        return stream.ToArray();
    }
}
