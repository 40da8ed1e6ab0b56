using System.Globalization;
using System.Text;
using Flama.Scoring.Input;

namespace Flama.Scoring.Tests.Input;

public sealed class CsvRowsTests
{
    private static readonly TableSpec Named = new(
    [
        new Feature(FeatureKind.Any) { Name = "city", AllowsMissing = true },
        new Feature(FeatureKind.Number) { Name = "age", AllowsMissing = true, AllowsInfinity = true },
    ]);

    private static readonly TableSpec Unnamed = new([new Feature(FeatureKind.Any), new Feature(FeatureKind.Number)]);

    [Theory]
    [InlineData("city,age\nRome,3\n", "Rome 3")]
    [InlineData("age,city\n3,Rome\n", "Rome 3")]
    [InlineData("Rome,3\n", "Rome 3")]
    [InlineData("city,age\n\"Ro\"\"me\",\n", "Ro\"me NaN")]
    [InlineData("city,age\n\"Rome,\nEast\",NaN\n", "Rome,\nEast NaN")]
    [InlineData("city,age\n5\" pipe,3\nx,007\n", "5\" pipe 3|x 7")]
    [InlineData("city,age\n\"a\"b,3\n", "\"a\"b 3")]
    [InlineData("city,age\nback\\slash,-.5\n", "back\\slash -0.5")]
    [InlineData("city,age\nNA,inf\n", "NaN Infinity")]
    [InlineData("city,age\r1,2\r\r\"3\",True", "1 2|3 1")]
    [InlineData("city;age\r\nx,y;1e3\r\n", "x,y 1000")]
    [InlineData("\uFEFFcity\tage\nRome\t null \n", "Rome NaN")]
    public async Task Read_Records_BecomeRowsInTrainingOrder(string csv, string expected)
    {
        Assert.Equal(expected, await ReadAsync(csv, Named));
    }

    // Every cut of the input between two reads gives the same rows.
    [Fact]
    public async Task Read_InputInPieces_IsTheSame()
    {
        const string csv = "\uFEFFcity,age\r\n\"Rome,\r\nEast\",1\r\n\r\n\"a\"\"b\",2\r\nx,3\r\n";

        for (var size = 1; size < csv.Length; size++)
        {
            Assert.Equal("Rome,\r\nEast 1|a\"b 2|x 3", await ReadAsync(csv, Named, size));
        }
    }

    [Fact]
    public async Task Read_ModelWithoutNames_TakesWordsOnlyForAHeader()
    {
        Assert.Equal("Rome 3", await ReadAsync("place,years\nRome,3\n", Unnamed));
        Assert.Equal("place 4|Rome 3", await ReadAsync("place,4\nRome,3\n", Unnamed));
    }

    [Theory]
    [InlineData("city,years\nRome,3\n", "The header has no column for 'age' and has columns that the model does not know: 'years'.")]
    [InlineData("city\nRome\n", "The header has no column for 'age'.")]
    public async Task Read_HeaderThatDoesNotFit_SaysWhatIsMissing(string csv, string expected)
    {
        var failure = await Assert.ThrowsAsync<FlamaException>(() => ReadAsync(csv, Named));

        Assert.Equal(expected, failure.Message);
        Assert.Equal("The model takes: 'city', 'age'.", failure.Remedy);
    }

    [Fact]
    public async Task Read_Records_ForDictionaryModels_HaveTheNamesOfTheHeader()
    {
        var chunk = await ChunkOfAsync("a,\"b\"\"\"\n1,x\n", new TableSpec([]) { HasKnownFeatures = false, RowForm = RowForm.Record });

        using var rows = chunk.Rows(0, 1);

        Assert.Equal(["a", "b\""], rows.ColumnNames!);
        Assert.Equal("1 x", Show(chunk));
    }

    [Fact]
    public async Task Read_OneColumnForDocuments_BecomesStrings()
    {
        var rows = await ReadAsync("hello world\n\"12, and more\"\n12\nNone\n", new TableSpec([new Feature(FeatureKind.Text)]) { RowForm = RowForm.Document });

        Assert.Equal("hello world|12, and more|12|None", rows);
    }

    [Fact]
    public async Task Read_RowsOfAnyLength_EndInNulls()
    {
        var rows = await ReadAsync("a\nb,c,3\nd\n", new TableSpec([]) { HasKnownFeatures = false, RowForm = RowForm.List });

        Assert.Equal("a null null|b c 3|d null null", rows);
    }

    [Theory]
    [InlineData("1,2\n3,\"4\n5,6\n", "opens a quotation mark that is never closed.")]
    [InlineData("1,2\n3\n", "has 1 feature, expected 2.")]
    [InlineData("1,2\nx,y\n", ", feature 1 is the text 'y', expected a number.")]
    [InlineData("1,2\n,\n", ", feature 0 is empty, and the model does not take missing values there. (and 1 more problem)")]
    [InlineData("1,2\nx,inf\n", ", feature 1 is 'inf', expected a finite number.")]
    public async Task Read_BadRecord_IsAFaultOfItsLine(string csv, string expected)
    {
        var chunk = await ChunkOfAsync(csv, Unnamed, new ScoringOptions { HasHeader = false });

        Assert.Equal(2, chunk.Count);
        Assert.Equal((2L, expected), (chunk.PositionOf(1), chunk.FaultOf(1)));
        Assert.Equal("1 2", Show(chunk, chunk.EndOfRun(0)));
    }

    [Fact]
    public async Task Read_NotUtf8_IsAFaultOfItsCell()
    {
        CsvRows source = new(new InputBuffer(new MemoryStream([.. "1,2\n"u8, 0xE9, .. ",2\n"u8]), "the test"), Unnamed, new ScoringOptions { HasHeader = false });
        using var chunk = source.NewChunk(Unnamed);

        await source.ReadAsync(chunk, TestContext.Current.CancellationToken);

        Assert.Equal(", feature 0 is not valid UTF-8.", chunk.FaultOf(1));
    }

    private static async Task<string> ReadAsync(string csv, TableSpec spec, int pieces = int.MaxValue) => Show(await ChunkOfAsync(csv, spec, new(), pieces));

    private static async Task<RowChunk> ChunkOfAsync(string csv, TableSpec spec, ScoringOptions? options = null, int pieces = int.MaxValue)
    {
        CsvRows source = new(new InputBuffer(new PiecewiseStream(Encoding.UTF8.GetBytes(csv), pieces), "the test"), spec, options ?? new());
        var chunk = source.NewChunk(spec);
        await source.ReadAsync(chunk, TestContext.Current.CancellationToken);
        return chunk;
    }

    private static string Show(RowChunk chunk, int? count = null)
    {
        using var rows = chunk.Rows(0, count ?? chunk.Count);
        return string.Join("|", Enumerable.Range(0, rows.Rows).Select(row =>
            string.Join(" ", Enumerable.Range(0, rows.Columns).Select(column => Show(rows.TextAt(row, column), rows.Row(row)[column])))));
    }

    private static string Show(string? text, double number) =>
        text ?? (FeatureBatch.IsNull(number) ? "null" : number.ToString(CultureInfo.InvariantCulture));
}
