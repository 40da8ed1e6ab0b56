using System.Buffers;
using System.Text;
using Flama.Json;

namespace Flama.Core.Tests.Json;

/// <summary>The expected texts are what Python 3.11's <c>json.dumps</c> gives.</summary>
public sealed class PythonLayoutTests
{
    [Theory]
    [InlineData("[]", "[]")]
    [InlineData("{}", "{}")]
    [InlineData("[0,1]", "[0, 1]")]
    [InlineData("[[0.5,1.0],[1e-08,null]]", "[[0.5, 1.0], [1e-08, null]]")]
    [InlineData("""{"a":{"b":[],"c":[true,false]},"d":"x"}""", """{"a": {"b": [], "c": [true, false]}, "d": "x"}""")]
    [InlineData("\"x\"", "\"x\"")]
    public void Write_OneLine_SeparatesAsPythonDoes(string json, string expected)
    {
        var text = Write(json, indented: false);

        Assert.Equal(expected + "\n", text);
    }

    [Theory]
    [InlineData("[0]", "[\n    0\n]")]
    [InlineData("[]", "[]")]
    [InlineData("[[1,2],[]]", "[\n    [\n        1,\n        2\n    ],\n    []\n]")]
    [InlineData("""{"b":{},"a":[{"c":null}]}""", "{\n    \"b\": {},\n    \"a\": [\n        {\n            \"c\": null\n        }\n    ]\n}")]
    public void Write_Indented_PutsEachItemOnALine(string json, string expected)
    {
        var text = Write(json, indented: true);

        Assert.Equal(expected + "\n", text);
    }

    [Theory]
    [InlineData("é", @"\u00e9")]
    [InlineData("🔥", @"\ud83d\udd25")]
    [InlineData(@"\ud83d", @"\ud83d")]
    [InlineData(@"\uD83D\uDD25", @"\ud83d\udd25")]
    [InlineData(@"\u0041\/", "A/")]
    [InlineData(@"\""\\\n\r\t\b\f", @"\""\\\n\r\t\b\f")]
    [InlineData(@"\u0001", @"\u0001")]
    [InlineData("\u007f", @"\u007f")]
    [InlineData("<&'+>", "<&'+>")]
    public void Write_Strings_AreAsciiAsPythonHasThem(string inner, string expected)
    {
        var text = Write($$"""{"{{inner}}":["{{inner}}"]}""", indented: false);

        Assert.Equal($$"""{"{{expected}}": ["{{expected}}"]}""" + "\n", text);
    }

    [Fact]
    public void Write_DeeperThanOneStretchOfSpaces_IndentsFully()
    {
        var json = new string('[', 40) + new string(']', 40);

        var text = Write(json, indented: true);

        Assert.Contains($"\n{new string(' ', 4 * 39)}[]\n", text, StringComparison.Ordinal);
    }

    private static string Write(string json, bool indented)
    {
        ArrayBufferWriter<byte> output = new();
        PythonLayout.Write(Encoding.UTF8.GetBytes(json), indented, output);
        return Encoding.ASCII.GetString(output.WrittenSpan);
    }
}
