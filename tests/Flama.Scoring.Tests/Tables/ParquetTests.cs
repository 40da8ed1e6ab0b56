using Flama.Scoring.Columns;
using Flama.Scoring.Parquet;
using Flama.Tests.Tables;
using Parquet;
using Parquet.Schema;

namespace Flama.Scoring.Tests.Tables;

/// <summary>Parquet that another library wrote.</summary>
public sealed class ParquetTests
{
    [Theory]
    [InlineData(CompressionMethod.None, EncodingHint.Default)]
    [InlineData(CompressionMethod.Snappy, EncodingHint.Default)]
    [InlineData(CompressionMethod.Gzip, EncodingHint.Dictionary)]
    [InlineData(CompressionMethod.Brotli, EncodingHint.Default)]
    [InlineData(CompressionMethod.Zstd, EncodingHint.Dictionary)]
    [InlineData(CompressionMethod.Lz4Raw, EncodingHint.Dictionary)]
    [InlineData(CompressionMethod.None, EncodingHint.DeltaBinaryPacked)]
    [InlineData(CompressionMethod.Snappy, EncodingHint.ByteSplitStream)]
    public async Task Read_AnyCompressionAndEncoding_GivesTheCells(CompressionMethod compression, EncodingHint encoding)
    {
        ParquetOptions options = new() { CompressionMethod = compression };
        foreach (var name in HintedColumns(encoding))
        {
            options.ColumnEncodingHints[name] = encoding;
        }

        var bytes = await Samples.Table.ToParquetAsync(options, groupRows: 150);

        Assert.Equal(Samples.Expected, await TableReading.ReadAsync(new MemoryStream(bytes), TableReading.Anything(Samples.Names)));
    }

    [Fact]
    public async Task Read_Columns_GoByName()
    {
        var bytes = await Samples.Table.ToParquetAsync();
        List<string> warnings = [];
        var spec = TableReading.Anything("city", "n") with { SelectsByName = true };

        var rows = await TableReading.ReadAsync(new MemoryStream(bytes), spec, new() { OnWarning = warnings.Add });

        Assert.StartsWith("null NaN|Zürich 1 -49|", rows, StringComparison.Ordinal);
        Assert.Equal(["Columns that the model does not use: 'x', 'small', 'id', 'flag', 'amount', 'day', 'time'."], warnings);
    }

    [Fact]
    public async Task Read_LargeIntegers_StayExactWhereTheyAreCategories()
    {
        var bytes = await Samples.Table.ToParquetAsync();
        TableSpec spec = new([new Feature(FeatureKind.Any) { Name = "id", TrainedOn = CellTypes.Number | CellTypes.LargeInteger }]);

        var rows = await TableReading.ReadAsync(new MemoryStream(bytes), spec, new() { DropColumns = [.. Samples.Names.Except(["id"])] });

        Assert.StartsWith("9007199254740993|9007199254740994|9007199254740995|", rows, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_CellsThatTheModelDoesNotTake_AreFaultsOfTheirRows()
    {
        TypedTable table = new([new("a", typeof(string), ["1", "x", "2"]), new("b", typeof(double), [1.0, 2.0, null])]);
        TableSpec spec = new(
        [
            new Feature(FeatureKind.Number) { Name = "a", ParsesText = true },
            new Feature(FeatureKind.Number) { Name = "b" },
        ]);

        var rows = await TableReading.ReadAsync(new MemoryStream(await table.ToParquetAsync()), spec);

        Assert.Equal(
            "1 1|(1, feature 0 ('a') is the text 'x', which does not read as a number.)|(2, feature 1 ('b') is NaN, and the model does not take missing values there.)",
            rows);
    }

    [Fact]
    public async Task Read_ColumnsThatDoNotFit_SaysSo()
    {
        var bytes = await new TypedTable([new("a", typeof(double), [1.0]), new("b", typeof(double), [1.0])]).ToParquetAsync();

        var lacking = await Assert.ThrowsAsync<FlamaException>(() => TableReading.ReadAsync(new MemoryStream(bytes), TableReading.Anything("a", "c")));
        var counted = await Assert.ThrowsAsync<FlamaException>(
            () => TableReading.ReadAsync(new MemoryStream(bytes), new TableSpec([new Feature(FeatureKind.Number)])));

        Assert.Equal("The Parquet input has no column for 'c' and has columns that the model does not know: 'b'.", lacking.Message);
        Assert.Equal("The Parquet input has 2 columns, and the model takes 1 features.", counted.Message);
    }

    [Fact]
    public async Task Read_ListColumn_IsRefusedWhereTheModelLooksAtIt()
    {
        using MemoryStream stream = new();
        DataField<int> number = new("n");
        DataField<int> item = new("element");
        ListField list = new("tags", item);
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(list, number), stream, cancellationToken: TestContext.Current.CancellationToken))
        {
            using var group = writer.CreateRowGroup();
            var levels = Enumerable.Repeat(item.MaxDefinitionLevel, 3).ToArray();
            await group.WriteAllPartsAsync<int>((DataField)list.Item, new[] { 1, 2, 3 }.AsMemory(), levels.AsMemory(), new[] { 0, 1, 0 }.AsMemory(), TestContext.Current.CancellationToken);
            await group.WriteAsync<int>(number, new[] { 5, 6 }.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
        }

        var one = await TableReading.ReadAsync(new MemoryStream(stream.ToArray()), TableReading.Anything("n"), new() { DropColumns = ["tags"] });
        var refused = await Assert.ThrowsAsync<FlamaException>(
            () => TableReading.ReadAsync(new MemoryStream(stream.ToArray()), TableReading.Anything("n", "tags")));

        Assert.Equal("5|6", one);
        Assert.Equal(
            "Column 'tags' of the Parquet input holds lists, maps or structs, expected single values: numbers, booleans, text or dates.", refused.Message);
    }

    [Fact]
    public async Task Read_ThroughAPipe_IsTheSame()
    {
        var bytes = await Samples.Table.ToParquetAsync();
        await using var pipe = new System.IO.Compression.GZipStream(new MemoryStream(Gzip(bytes)), System.IO.Compression.CompressionMode.Decompress);

        Assert.Equal(Samples.Expected, await TableReading.ReadAsync(TableFormats.Of(bytes)!, pipe, TableReading.Anything(Samples.Names)));
    }

    [Fact]
    public async Task Read_IndexOfPandas_IsNotAColumn()
    {
        using MemoryStream stream = new();
        DataField<double> x = new("x");
        DataField<long> index = new("__index_level_0__");
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(x, index), stream, cancellationToken: TestContext.Current.CancellationToken))
        {
            writer.CustomMetadata = new Dictionary<string, string> { ["pandas"] = """{"index_columns": ["__index_level_0__"], "columns": []}""" };
            using var group = writer.CreateRowGroup();
            await group.WriteAsync<double>(x, new[] { 0.5 }.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
            await group.WriteAsync<long>(index, new[] { 7L }.AsMemory(), cancellationToken: TestContext.Current.CancellationToken);
        }

        stream.Position = 0;
        Assert.Equal("0.5", await TableReading.ReadAsync(stream, new TableSpec([new Feature(FeatureKind.Number)])));
    }

    // The example of the format's own page on encodings, and texts that share beginnings.
    [Fact]
    public void DeltaIntegersAndTexts_OfTheFormat_AreRead()
    {
        TableErrors errors = new("Parquet");
        byte[] integers = [0x80, 0x01, 0x04, 0x05, 0x02, 0x02, 0x00, 0x00, 0x00, 0x00];
        byte[] prefixed = [.. Deltas(0, 2, 0), .. Deltas(3, 2, 1), .. "abcdex"u8];
        ParquetCells cells = new("c", new CellFormat(CellKind.Text), new CostLimit(errors), errors);

        Assert.Equal([1L, 2, 3, 4, 5], DeltaIntegers.Read(integers, 5, errors, out var length));
        Assert.Equal(integers.Length, length);
        Assert.Equal(["abc", "abde", "x"], DeltaStrings.ReadPrefixed(prefixed, cells, 3).Select(cell => cell.Text));
        Assert.Equal(["abc", "de", "x"], DeltaStrings.Read((byte[])[.. Deltas(3, 2, 1), .. "abcdex"u8], cells, 3).Select(cell => cell.Text));
    }

    [Fact]
    public async Task Open_CutFile_SaysSo()
    {
        var bytes = await Samples.Table.ToParquetAsync();

        var failure = await Assert.ThrowsAsync<FlamaException>(
            () => TableReading.ReadAsync(new MemoryStream(bytes[..^9]), TableReading.Anything(Samples.Names)));

        Assert.Equal("The input is not a whole Parquet file: it does not end in a footer.", failure.Message);
        Assert.Equal(ErrorCodes.InvalidInput, failure.Code);
    }

    private static string[] HintedColumns(EncodingHint hint) => hint switch
    {
        EncodingHint.Dictionary => ["city"],
        EncodingHint.DeltaBinaryPacked => ["id", "n"],
        EncodingHint.ByteSplitStream => ["x", "small"],
        _ => [],
    };

    private static byte[] Gzip(byte[] bytes)
    {
        using MemoryStream packed = new();
        using (System.IO.Compression.GZipStream stream = new(packed, System.IO.Compression.CompressionLevel.Fastest))
        {
            stream.Write(bytes);
        }

        return packed.ToArray();
    }

    // Three numbers in one block of one miniblock of 32 differences of 8 bits.
    private static byte[] Deltas(int first, int second, int third)
    {
        var least = Math.Min(second - first, third - second);
        var packed = new byte[32];
        packed[0] = (byte)(second - first - least);
        packed[1] = (byte)(third - second - least);
        return [32, 1, 3, Zigzag(first), Zigzag(least), 8, .. packed];
    }

    private static byte Zigzag(int value) => (byte)((value << 1) ^ (value >> 31));
}
