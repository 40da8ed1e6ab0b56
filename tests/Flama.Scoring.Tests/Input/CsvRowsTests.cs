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

    [Theory]
    [InlineData("a, b\n1,2\n", new[] { "a", " b" }, "1 2")]
    [InlineData("a , b\n1,2\n", new[] { "a", "b" }, "1 2")]
    [InlineData("a,a,b\n1,2,3\n", new[] { "a", "a", "b" }, "1 2 3")]
    [InlineData("a,a,b\n1,2,3\n", new[] { "b", "a", "a.1" }, "3 1 2")]
    [InlineData(",a\n7,1\n", new[] { "Unnamed: 0", "a" }, "7 1")]
    [InlineData("1,0\n7,1\n", new[] { "0", "1" }, "1 7")]
    [InlineData("sep=;\na;b\n1;2\n", new[] { "a", "b" }, "1 2")]
    [InlineData("\n\"sep=|\"\r\na|b\r\n1|2\r\n", new[] { "a", "b" }, "1 2")]
    [InlineData("a,b\n \t \n1,2\n", new[] { "a", "b" }, "1 2")]
    public async Task Read_Header_MatchesAsPandasNamesColumns(string csv, string[] names, string expected)
    {
        Assert.Equal(expected, await ReadAsync(csv, Numbers(names)));
    }

    [Fact]
    public async Task Read_NameTwice_SaysSo()
    {
        var failure = await Assert.ThrowsAsync<FlamaException>(() => ReadAsync("a,a\n1,2\n", Numbers("a")));

        Assert.Equal("The header names 'a' twice, and the model takes it once.", failure.Message);
    }

    [Fact]
    public async Task Read_WordsThatAreNoNames_AreNotTakenForARow()
    {
        TableSpec spec = new([new Feature(FeatureKind.Any) { Name = "city" }, new Feature(FeatureKind.Any) { Name = "kind" }]);

        var failure = await Assert.ThrowsAsync<FlamaException>(() => ReadAsync("town,sort\nx,p\n", spec));
        var rows = await ChunkOfAsync("town,sort\nx,p\n", spec, new ScoringOptions { HasHeader = false });

        Assert.Equal("Line 1 is neither a header that the model knows nor certainly a row: 'town', 'sort'.", failure.Message);
        Assert.Equal(2, rows.Count);
    }

    [Fact]
    public async Task Read_HeaderOfPositions_IsOneWithAWarning()
    {
        List<string> warnings = [];
        TableSpec spec = new([new Feature(FeatureKind.Number), new Feature(FeatureKind.Number)]);

        var rows = await ChunkOfAsync("0,1\n3,4\n", spec, new ScoringOptions { OnWarning = warnings.Add });

        Assert.Equal("3 4", Show(rows));
        Assert.Equal(["Line 1 ('0', '1') is taken for a header, as pandas writes one for columns without names, not for a row."], warnings);
    }

    [Theory]
    [InlineData("a,target,b\n1,9,2\n", "1 2")]
    [InlineData("b,a,target\n1,2,yes\n", "2 1")]
    public async Task Read_ColumnToDrop_IsNotRead(string csv, string expected)
    {
        var rows = await ChunkOfAsync(csv, Numbers("a", "b"), new ScoringOptions { DropColumns = ["target"] });

        Assert.Equal(expected, Show(rows));
    }

    [Theory]
    [InlineData("a,b\n1,2\n", "The header has no column 'target' to leave out.")]
    [InlineData("1,2\n", "Columns are left out by their names, and the CSV has no header.")]
    public async Task Read_ColumnToDropThatIsNotThere_SaysSo(string csv, string expected)
    {
        var failure = await Assert.ThrowsAsync<FlamaException>(() => ChunkOfAsync(csv, Numbers("a", "b"), new ScoringOptions { DropColumns = ["target"] }));

        Assert.Equal(expected, failure.Message);
    }

    [Theory]
    [InlineData(CellTypes.Text, "01234\n12E4\nInf\n1_0\nTrue\n NA\n\"\"\nNone\n \"\n", "01234|12E4|Inf|1_0|True| NA|NaN|NaN| \"")]
    [InlineData(CellTypes.Text | CellTypes.MissingWord, "NA\n\"\"\nnull\n", "NA|NaN|null")]
    [InlineData(CellTypes.Text | CellTypes.EmptyText, "NA\n\"\"\n", "NaN|")]
    [InlineData(CellTypes.Boolean, "True\nFALSE\nNA\ntRUE\n", "1|0|NaN|tRUE")]
    [InlineData(CellTypes.Number, "01\n1e2\nnan\nTrue\n\" 7 \"\n", "1|100|NaN|True|7")]
    [InlineData(CellTypes.Number | CellTypes.LargeInteger, "9007199254740993\n\"+9007199254740993\"\n-1\n9e15\n", "9007199254740993|9007199254740993|-1|9000000000000000")]
    [InlineData(CellTypes.Unknown, "01\nTrue\nx\n", "1|1|x")]
    public async Task Read_Cell_IsWhatTheColumnWasInTraining(CellTypes types, string csv, string expected)
    {
        TableSpec spec = new([new Feature(FeatureKind.Any) { AllowsMissing = true, AllowsInfinity = true, TrainedOn = types }]);

        var chunk = await ChunkOfAsync(csv, spec, new ScoringOptions { HasHeader = false });

        Assert.Equal(expected, Show(chunk));
    }

    [Fact]
    public async Task Read_CellThatReadsAsANumber_IsTextWhereTrainingHadItSpeltSo()
    {
        TableSpec spec = new(
        [
            new Feature(FeatureKind.Any)
            {
                TrainedOn = CellTypes.Text | CellTypes.Number | CellTypes.Boolean | CellTypes.LargeInteger,
                SawText = text => text is "007" or "1.0" or "True" or "8",
            },
        ]);

        var chunk = await ChunkOfAsync("007\n07\n7\n1.0\n1.00\nTrue\nFalse\n8\n008\nx\n", spec, new ScoringOptions { HasHeader = false });

        Assert.Equal("\"007\" 7 7 \"1.0\" 1 \"True\" 0 8 8 \"x\"", string.Join(' ', Enumerable.Range(0, chunk.Count).Select(row => Told(chunk, row))));
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

    [Fact]
    public async Task Read_OneVeryLongRowOfAnyLength_DoesNotWidenAllOthers()
    {
        const int length = 300_000;
        var csv = $"{string.Concat(Enumerable.Repeat("a\n", 1000))}\n{new string(',', length - 1)}\nb\n";
        TableSpec spec = new([]) { HasKnownFeatures = false, RowForm = RowForm.List };
        CsvRows source = new(new InputBuffer(new MemoryStream(Encoding.UTF8.GetBytes(csv)), "the test"), spec, new());
        using var chunk = source.NewChunk();
        List<(int Rows, int Columns, long Line)> found = [];

        while (await source.ReadAsync(chunk, TestContext.Current.CancellationToken))
        {
            chunk.Prepare();
            using var rows = chunk.Rows(0, chunk.Count);
            found.Add((rows.Rows, rows.Columns, chunk.PositionOf(0)));
        }

        Assert.Equal([(1000, 1, 1), (1, length, 1002), (1, 1, 1003)], found);
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
        using var chunk = source.NewChunk();

        await source.ReadAsync(chunk, TestContext.Current.CancellationToken);
        chunk.Prepare();

        Assert.Equal(", feature 0 is not valid UTF-8.", chunk.FaultOf(1));
    }

    private static TableSpec Numbers(params string[] names) => new([.. names.Select(name => new Feature(FeatureKind.Number) { Name = name })]);

    private static async Task<string> ReadAsync(string csv, TableSpec spec, int pieces = int.MaxValue) => Show(await ChunkOfAsync(csv, spec, new(), pieces));

    private static async Task<RowChunk> ChunkOfAsync(string csv, TableSpec spec, ScoringOptions? options = null, int pieces = int.MaxValue)
    {
        CsvRows source = new(new InputBuffer(new PiecewiseStream(Encoding.UTF8.GetBytes(csv), pieces), "the test"), spec, options ?? new());
        var chunk = source.NewChunk();
        await source.ReadAsync(chunk, TestContext.Current.CancellationToken);
        chunk.Prepare();
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

    // Texts in quotes.
    private static string Told(RowChunk chunk, int row)
    {
        using var cell = chunk.Rows(row, 1);
        return !cell.IsNumeric && cell.TextRow(0)[0] is { } text ? $"\"{text}\"" : cell.Row(0)[0].ToString("R", CultureInfo.InvariantCulture);
    }
}
