using System.Text;
using Flama.Json;

namespace Flama.Tests.Json;

public class FeatureReaderTests
{
    [Theory]
    [InlineData("""{"input":[[0,1],[1,0]]}""", "0,1;1,0")]
    [InlineData("""{"input":[[0,1]],"extra":{"deep":[[1]]}}""", "0,1")]
    [InlineData("""{"extra":[1,2],"input":[[0,1]]}""", "0,1")]
    [InlineData("""{"input":[[0,1],[2,2]],"input":[[5,6]]}""", "5,6")]
    [InlineData("""{"input":[["bad",1]],"input":[[5,6]]}""", "5,6")]
    [InlineData("""{"\u0069nput":[[5,6]]}""", "5,6")]
    [InlineData(" {\r\n \"input\" : [ [ 0 , 1 ] ] } \n", "0,1")]
    [InlineData("""{"input":[0,1]}""", "0,1")]
    [InlineData("""{"input":[[true,false]]}""", "1,0")]
    [InlineData("""{"input":[[-1.5e-3,1E2]]}""", "-0.0015,100")]
    [InlineData("""{"input":[[1000000000000000000000000000000,-0]]}""", "1E+30,0")]
    [InlineData("""{"input":[[9007199254740993,-0.0]]}""", "9007199254740992,-0")]
    [InlineData("""{"input":[[0.1,1e-400]]}""", "0.1,0")]
    public void ReadRequest_RowsOfNumbers_FillsBatch(string json, string expected)
    {
        using var batch = Request(Signatures.Pair, json);

        Assert.Equal(expected, Batches.Show(batch));
        Assert.True(batch.IsNumeric);
        Assert.Null(batch.ColumnNames);
    }

    [Theory]
    [InlineData("[[0,1],[1,0]]", "0,1;1,0")]
    [InlineData("[0,1]", "0,1")]
    [InlineData("""{"input":[[0,1]]}""", "0,1")]
    public void ReadRows_BareOrWrapped_FillsBatch(string json, string expected)
    {
        using var batch = new FeatureReader(Signatures.Pair).ReadRows(Encoding.UTF8.GetBytes(json));

        Assert.Equal(expected, Batches.Show(batch));
    }

    [Theory]
    [InlineData("""[["x","France",42,1]]""", "null,'France',42,1")]
    [InlineData("""[[7,"France","42",1],[8,"Spain"," 4_2.5e0 ",2]]""", "7,'France',42,1;8,'Spain',42.5,2")]
    [InlineData("""[[null,null,null,0]]""", "null,null,null,0")]
    [InlineData("""[[Infinity,"7","nan",0]]""", "null,'7',NaN,0")]
    [InlineData("""[[true,5,true,false]]""", "1,5,1,0")]
    [InlineData("""[{"balance":1,"age":2,"country":"Spain","id":3}]""", "3,'Spain',2,1")]
    [InlineData("""[{"country":"Spain","age":2,"balance":1},{"id":"x","country":"a\"b","age":null,"balance":1}]""", "null,'Spain',2,1;null,'a\"b',null,1")]
    [InlineData("""[{"country":"Spain","age":2,"balance":1,"balance":3,"country":5}]""", "null,5,2,3")]
    [InlineData("""[{"\u0061ge":2,"country":"Spain","balance":1}]""", "null,'Spain',2,1")]
    public void ReadRows_MixedFeatures_PlacesEveryCell(string json, string expected)
    {
        using var batch = Rows(Signatures.Customer, json);

        Assert.Equal(expected, Batches.Show(batch));
        Assert.Equal(["id", "country", "age", "balance"], batch.ColumnNames);
    }

    [Fact]
    public void ReadRows_UnknownNamesWhereModelSelectsByName_AreIgnored()
    {
        using var batch = Rows(Signatures.Selecting, """[{"zip":[1],"country":"Spain","age":2,"balance":1,"note":"x"}]""");

        Assert.Equal("null,'Spain',2,1", Batches.Show(batch));
    }

    [Theory]
    [InlineData("""[["red",1],["blue",2.5]]""", "'red',1;'blue',2.5")]
    [InlineData("""[{"colour":"gr\u0065en","size":true}]""", "'green',1")]
    public void ReadRows_KnownCategories_AreTaken(string json, string expected)
    {
        using var batch = Rows(Signatures.Categorical, json);

        Assert.Equal(expected, Batches.Show(batch));
    }

    [Theory]
    [InlineData("[[Infinity,0],[-Infinity,1],[NaN,2],[null,3]]", "Infinity,0;-Infinity,1;NaN,2;null,3")]
    [InlineData("""{"input":[[ NaN ,1e1]],"NaN":NaN}""", "NaN,10")]
    public void ReadRows_BareWordsOfPython_AreNumbers(string json, string expected)
    {
        using var batch = Rows(Signatures.Infinite, json);

        Assert.Equal(expected, Batches.Show(batch));
    }

    [Theory]
    [InlineData("""["first","second"]""", "'first';'second'")]
    [InlineData("""[["first"],["second"]]""", "'first';'second'")]
    [InlineData("""["", "\u00e9\ud83d\ude00\n"]""", "'';'é😀\n'")]
    public void ReadRows_Documents_AreRows(string json, string expected)
    {
        using var batch = Rows(Signatures.Document, json);

        Assert.Equal(expected, Batches.Show(batch));
    }

    [Fact]
    public void ReadRows_DocumentSignatureWithoutFeatures_TakesTexts()
    {
        using var batch = Rows(TableSpec.Unknown with { RowForm = RowForm.Document }, """["a"]""");

        Assert.Equal("'a'", Batches.Show(batch));
    }

    [Fact]
    public void ReadRows_Records_MakeOneColumnAName()
    {
        using var batch = Rows(Signatures.Record, """[{"city":"Dubai","temp":33},{"temp":null,"wind":true},{}]""");

        Assert.Equal(["city", "temp", "wind"], batch.ColumnNames);
        Assert.Equal("'Dubai',33,null;null,NaN,1;null,null,null", Batches.Show(batch));
    }

    [Fact]
    public void ReadRows_ListsOfAnyLength_EndInNulls()
    {
        using var batch = Rows(Signatures.List, """[["a","b"],[],[1,"c",true]]""");

        Assert.Equal("'a','b',null;null,null,null;1,'c',1", Batches.Show(batch));
    }

    [Theory]
    [InlineData("""[[1,"a",null],[2,"b",3]]""", "1,'a',null;2,'b',3")]
    [InlineData("""[{"b":1,"a":2},{"a":3,"b":4}]""", "1,2;4,3")]
    public void ReadRows_UnknownSignature_TakesWidthOfFirstRow(string json, string expected)
    {
        using var batch = Rows(TableSpec.Unknown, json);

        Assert.Equal(expected, Batches.Show(batch));
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-32", true)]
    [InlineData("utf-32BE", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", false)]
    [InlineData("utf-32", false)]
    [InlineData("utf-32BE", false)]
    public void ReadRequest_EncodingsOfPython_AreFound(string name, bool withMark)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] body = [.. withMark ? encoding.GetPreamble() : [], .. encoding.GetBytes("""{"input":["é😀"]}""")];

        using var batch = new FeatureReader(Signatures.Document).ReadRequest(body);

        Assert.Equal("'é😀'", Batches.Show(batch));
    }

    [Fact]
    public void ReadRequest_TwoByteBodyInUtf16_IsFound()
    {
        byte[] body = [(byte)'3', 0];

        var failure = Assert.Throws<FlamaException>(() => new FeatureReader(Signatures.Pair).ReadRequest(body));

        Assert.StartsWith("The body is a number", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ReadRequest_SeveralSegments_ReadsAcrossThem()
    {
        var json = Encoding.UTF8.GetBytes("""{"input":[[12345,67890],[1.5,2.5]]}""");

        for (var cut = 1; cut < json.Length; cut++)
        {
            using var batch = (FeatureBatch)new FeatureReader(Signatures.Pair).ReadRequest(Segments.Of(json[..cut], json[cut..]));
            Assert.Equal("12345,67890;1.5,2.5", Batches.Show(batch));
        }
    }

    [Fact]
    public void ReadRequest_ManyRows_KeepsThemAll()
    {
        var json = $$"""{"input":[{{string.Join(",", Enumerable.Range(0, 10_000).Select(i => $"[{i},{i}.5]"))}}]}""";

        using var batch = Request(Signatures.Pair, json);

        Assert.Equal(10_000, batch.Rows);
        Assert.Equal(9_999.5, batch.Row(9_999)[1]);
        Assert.Equal(5_000, batch.Row(5_000)[0]);
    }

    [Fact]
    public void ReadRequest_SameCategoryTwice_IsTheSameString()
    {
        var reader = new FeatureReader(Signatures.Customer);
        using var first = reader.ReadRows("""[[1,"France",1,1]]"""u8);
        using var second = reader.ReadRows("""[[1,"France",1,1]]"""u8);

        Assert.Same(first.TextAt(0, 1), second.TextAt(0, 1));
    }

    [Fact]
    public void ReadRequest_NumbersOnly_AllocatesOnlyTheBatch()
    {
        var reader = new FeatureReader(Signatures.Pair);
        var json = """{"input":[[0,1],[1,0],[2.5,-3e2]]}"""u8.ToArray();
        reader.ReadRequest(json).Dispose();

        var before = GC.GetAllocatedBytesForCurrentThread();
        reader.ReadRequest(json).Dispose();
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.InRange(allocated, 1, 100);
    }

    private static FeatureBatch Request(TableSpec signature, string json) => new FeatureReader(signature).ReadRequest(Encoding.UTF8.GetBytes(json));

    private static FeatureBatch Rows(TableSpec signature, string json) => new FeatureReader(signature).ReadRows(Encoding.UTF8.GetBytes(json));
}
