using System.Text;
using Flama.Json;

namespace Flama.Core.Tests.Json;

public sealed class SortedDocumentTests
{
    [Theory]
    [InlineData("""{"b":1,"a":{"d":[],"c":{}}}""", """{"a":{"c":{},"d":[]},"b":1}""")]
    [InlineData("""[{"é":1,"z":2,"Z":3},[]]""", """[{"Z":3,"z":2,"é":1},[]]""")]
    [InlineData("""{"\u00e9":1,"z":2}""", """{"z":2,"\u00e9":1}""")]
    [InlineData("""{"\ud800":1e-08,"a":"\ud800"}""", """{"a":"\ud800","\ud800":1e-08}""")]
    [InlineData("3", "3")]
    public void Of_AnyDocument_SortsKeysAndKeepsTheRest(string json, string expected)
    {
        var sorted = SortedDocument.Of(Encoding.UTF8.GetBytes(json));

        Assert.Equal(expected, Encoding.UTF8.GetString(sorted.Span));
    }
}
