using System.Text;
using Flama.Json;

namespace Flama.Tests.Json;

public class FeatureReaderMalformedTests
{
    [Theory]
    [InlineData("", "The body is empty at line 1, byte 1.")]
    [InlineData(" \n\t", "The body is empty at line 1, byte 1.")]
    [InlineData("""{"input":[[0,1]""", "The body is not JSON: it ends before the document does at line 1, byte 16.")]
    [InlineData("""{"input":[[0,1]]} x""", "The body is not JSON: unexpected 'x' at line 1, byte 19.")]
    [InlineData("""{"input":[[0 1]]}""", "The body is not JSON: unexpected '1' at line 1, byte 14.")]
    [InlineData("{\n  \"input\": [\n    [0, 1,]\n]}", "The body is not JSON: unexpected ']' after a comma at line 3, byte 11.")]
    [InlineData("{'input':[[0,1]]}", "The body is not JSON: unexpected a single quote at line 1, byte 2.")]
    [InlineData("""{"input":[[True,1]]}""", "The body is not JSON: unexpected 'T' at line 1, byte 12.")]
    [InlineData("""{"input":[[0,+1]]}""", "The body is not JSON: unexpected '+' at line 1, byte 14.")]
    [InlineData("""{"input":[[0,1]]} // x""", "The body is not JSON: unexpected '/' at line 1, byte 19.")]
    [InlineData("""{"input":[["a""", "The body is not JSON: it ends before the document does at line 1, byte 14.")]
    [InlineData("""{"input":[[0,""", "The body is not JSON: it ends before the document does at line 1, byte 14.")]
    [InlineData("""{"input":[[0,1],""", "The body is not JSON: it ends before the document does at line 1, byte 17.")]
    [InlineData("""{"input":[[0,,""", "The body is not JSON: unexpected ',' at line 1, byte 14.")]
    [InlineData("""{"input":[[1NaN,1]]}""", "The body is not JSON: unexpected 'N' at line 1, byte 13.")]
    [InlineData("""{"input":[[-NaN,1]]}""", "The body is not JSON: unexpected 'N' at line 1, byte 13.")]
    [InlineData("""{"input":[[NaN,1 2]]}""", "The body is not JSON: unexpected '2' at line 1, byte 18.")]
    [InlineData("""{NaN:1}""", "The body is not JSON: unexpected 'N' at line 1, byte 2.")]
    [InlineData("""{"input":[["\ud800",1]]}""", "The body is not JSON: the string has half of a surrogate pair at line 1, byte 12.")]
    [InlineData("""{"input":[["\x",1]]}""", "The body is not JSON: unexpected 'x' at line 1, byte 14.")]
    public void ReadRequest_NotJson_SaysWhere(string json, string message)
    {
        var signature = new TableSpec([new(FeatureKind.Any), new(FeatureKind.Any)]);

        var failure = Assert.Throws<FlamaException>(() => new FeatureReader(signature).ReadRequest(Encoding.UTF8.GetBytes(json)));

        Assert.Equal(ErrorCodes.MalformedJson, failure.Code);
        Assert.Equal(message, failure.Message);
    }

    [Theory]
    [InlineData("""[{"a\ud800":1}]""")]
    [InlineData("""[{"\udc00":1,"age":1}]""")]
    public void ReadRows_LoneSurrogateInName_IsMalformed(string json)
    {
        foreach (var signature in new[] { Signatures.Customer, Signatures.Record, TableSpec.Unknown })
        {
            var failure = Assert.Throws<FlamaException>(() => new FeatureReader(signature).ReadRows(Encoding.UTF8.GetBytes(json)));

            Assert.Equal(ErrorCodes.MalformedJson, failure.Code);
        }
    }

    [Theory]
    [InlineData("[")]
    [InlineData("{\"input\":")]
    [InlineData("{\"input\":[{\"a\":")]
    public void ReadRequest_DeepNesting_IsMalformed(string opening)
    {
        var json = string.Concat(Enumerable.Repeat(opening, 100_000));

        var failure = Assert.Throws<FlamaException>(() => new FeatureReader(Signatures.Pair).ReadRequest(Encoding.UTF8.GetBytes(json)));

        Assert.Equal(ErrorCodes.MalformedJson, failure.Code);
        Assert.StartsWith("The body is not JSON: lists and objects nest deeper than 512 levels at line 1, byte ", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { (byte)'"', 0xff, (byte)'"' }, "The body is not JSON: 0xff is not valid UTF-8 at line 1, byte 2.")]
    [InlineData(new byte[] { (byte)'[', (byte)'\n', (byte)'"', 0xc3, (byte)'"' }, "The body is not JSON: 0xc3 is not valid UTF-8 at line 2, byte 2.")]
    [InlineData(new byte[] { 0xff, 0xfe, 0x00, 0xd8 }, "The body starts like UTF-16 and is not valid in it.")]
    [InlineData(new byte[] { 0x00, 0x00, 0xfe, 0xff, 0xff }, "The body starts like UTF-32BE and is not valid in it.")]
    public void ReadRequest_InvalidText_IsMalformed(byte[] body, string message)
    {
        var failure = Assert.Throws<FlamaException>(() => new FeatureReader(Signatures.Pair).ReadRequest(body));

        Assert.Equal(ErrorCodes.MalformedJson, failure.Code);
        Assert.Equal(message, failure.Message);
    }

    [Fact]
    public void ReadRequest_SeveralSyntaxErrors_HasRemedyForTheFirst()
    {
        var failure = Assert.Throws<FlamaException>(() => new FeatureReader(Signatures.Pair).ReadRequest("{'input':[1,]}"u8));

        Assert.Equal("Strings and names take double quotes.", failure.Remedy);
    }
}
