using System.Text;
using Flama.Cli.Input;

namespace Flama.Cli.Tests.Input;

public sealed class CsvRowsTests
{
    private static readonly TableSpec Named = new(
    [
        new Feature(FeatureKind.Any) { Name = "city" },
        new Feature(FeatureKind.Number) { Name = "age", AllowsMissing = true },
    ]);

    private static readonly TableSpec Unnamed = new([new Feature(FeatureKind.Any), new Feature(FeatureKind.Number)]);

    [Theory]
    [InlineData("city,age\nRome,3\n", """[["Rome",3]]""")]
    [InlineData("age,city\n3,Rome\n", """[["Rome",3]]""")]
    [InlineData("Rome,3\n", """[["Rome",3]]""")]
    [InlineData("city,age\n\"Ro\"\"me\",\n", """[["Ro\"me",null]]""")]
    [InlineData("city,age\n\"Rome,\nEast\",NaN\n", """[["Rome,\u000aEast",null]]""")]
    [InlineData("city,age\n5\" pipe,3\nx,007\n", """[["5\" pipe",3],["x",7.0]]""")]
    [InlineData("city,age\nback\\slash,-.5\n", """[["back\\slash",-0.5]]""")]
    [InlineData("city,age\nNA,inf\n", """[["NA",Infinity]]""")]
    [InlineData("city,age\n,twelve\n", """[[null,"twelve"]]""")]
    public void Read_Records_BecomeRowsInTrainingOrder(string csv, string expected)
    {
        Assert.Equal(expected, Read(csv, Named));
    }

    [Fact]
    public void Read_ModelWithoutNames_TakesWordsOnlyForAHeader()
    {
        Assert.Equal("""[["Rome",3]]""", Read("place,years\nRome,3\n", Unnamed));
        Assert.Equal("""[["place",4],["Rome",3]]""", Read("place,4\nRome,3\n", Unnamed));
    }

    [Theory]
    [InlineData("city,years\nRome,3\n", "The header has no column for 'age' and has columns that the model does not know: 'years'.")]
    [InlineData("city\nRome\n", "The header has no column for 'age'.")]
    public void Read_HeaderThatDoesNotFit_SaysWhatIsMissing(string csv, string expected)
    {
        var failure = Assert.Throws<FlamaException>(() => Read(csv, Named));

        Assert.Equal(expected, failure.Message);
        Assert.Equal("The model takes: 'city', 'age'.", failure.Remedy);
    }

    [Fact]
    public void Read_Records_ForDictionaryModels_BecomeObjects()
    {
        var rows = Read("a,\"b\"\"\"\n1,x\n", new TableSpec([]) { HasKnownFeatures = false, RowForm = RowForm.Record });

        Assert.Equal("""[{"a":1,"b\u0022":"x"}]""", rows);
    }

    [Fact]
    public void Read_OneColumnForDocuments_BecomesStrings()
    {
        var rows = Read("hello world\n\"12, and more\"\n12\n", new TableSpec([new Feature(FeatureKind.Text)]) { RowForm = RowForm.Document });

        Assert.Equal("""["hello world","12, and more","12"]""", rows);
    }

    [Fact]
    public void Read_QuoteThatNeverCloses_IsAFaultOfItsLine()
    {
        using CsvRows source = new(Input("1,2\n3,\"4\n5,6\n"), Unnamed, hasHeader: false);
        RowChunk chunk = new();

        source.Read(chunk);

        Assert.Equal(2, chunk.Count);
        Assert.Equal((2L, "opens a quotation mark that is never closed."), (chunk.PlaceOf(1), chunk.FaultOf(1)));
    }

    private static string Read(string csv, TableSpec signature)
    {
        using CsvRows source = new(Input(csv), signature, hasHeader: null);
        RowChunk chunk = new();
        source.Read(chunk);
        return Encoding.UTF8.GetString(chunk.List(0, chunk.Count));
    }

    private static InputBuffer Input(string text) => new(new MemoryStream(Encoding.UTF8.GetBytes(text)), "the test");
}
