using System.Text;
using Flama.Packaging.Writing;

namespace Flama.Packaging.Tests;

/// <summary>JSON and times as Python writes them.</summary>
public sealed class PythonTextTests
{
    // Left what goes in; then what Python 3.11's json.dumps writes by default, and with compact separators and ensure_ascii off.
    [Theory]
    [InlineData("""{"a":1,"b":[1,2]}""", """{"a": 1, "b": [1, 2]}""", """{"a":1,"b":[1,2]}""")]
    [InlineData("""[{}, [], "", null, true, false]""", """[{}, [], "", null, true, false]""", """[{},[],"",null,true,false]""")]
    [InlineData("[1.0, 1.50, 1e-8, 1E5, 1e16, 123456789012345678901234567890, -0.0, 0.1]", "[1.0, 1.5, 1e-08, 100000.0, 1e+16, 123456789012345678901234567890, -0.0, 0.1]", "[1.0,1.5,1e-08,100000.0,1e+16,123456789012345678901234567890,-0.0,0.1]")]
    [InlineData("\"é€😀\"", """ "\u00e9\u20ac\ud83d\ude00" """, "\"é€😀\"")]
    [InlineData(""" "\u0000\u001f\u007f\b\f\n\r\t\"\\\/" """, """ "\u0000\u001f\u007f\b\f\n\r\t\"\\/" """, "\"\\u0000\\u001f\u007f\\b\\f\\n\\r\\t\\\"\\\\/\"")]
    [InlineData("""{"é": {"<>&'": 1}}""", """{"\u00e9": {"<>&'": 1}}""", """{"é":{"<>&'":1}}""")]
    public void Value_OfAnyKind_IsWrittenAsPythonDoes(string json, string spaced, string compact)
    {
        var value = Contents.Json(json);

        Assert.Equal(spaced.Trim(), Write(value, PythonJsonStyle.SpacedAscii));
        Assert.Equal(compact, Write(value, PythonJsonStyle.CompactUtf8));
    }

    [Theory]
    [InlineData("2023-03-10T11:30:00", "2023-03-10T11:30:00", 1678447800)]
    [InlineData("2023-03-10 11:30:00", "2023-03-10T11:30:00", 1678447800)]
    [InlineData("2023-03-10T11:30", "2023-03-10T11:30:00", 1678447800)]
    [InlineData("2023-03-10", "2023-03-10T00:00:00", 1678406400)]
    [InlineData("2023-03-10T11:30:00.5", "2023-03-10T11:30:00.500000", 1678447800)]
    [InlineData("2023-12-15T17:27:18.983044", "2023-12-15T17:27:18.983044", 1702661238)]
    [InlineData("2023-12-15T17:27:18.9830449", "2023-12-15T17:27:18.983044", 1702661238)]
    [InlineData("2023-03-10T11:30:00Z", "2023-03-10T11:30:00+00:00", 1678447800)]
    [InlineData("2023-03-10T11:30:00+00:00", "2023-03-10T11:30:00+00:00", 1678447800)]
    [InlineData("2023-03-10T11:30:00-05:30", "2023-03-10T11:30:00-05:30", 1678467600)]
    [InlineData("2023-03-10T11:30:00.000001+02:00", "2023-03-10T11:30:00.000001+02:00", 1678440600)]
    [InlineData("1969-12-31T23:59:59", "1969-12-31T23:59:59", -1)]
    public void Parse_IsoTimestamp_IsWrittenAsPythonDoes(string text, string expected, long seconds)
    {
        var timestamp = IsoTimestamp.Parse(text);

        Assert.Equal(new IsoTimestamp(expected, seconds), timestamp);
    }

    [Theory]
    [InlineData("2023-13-10T11:30:00")]
    [InlineData("2023-02-29T11:30:00")]
    [InlineData("2023-03-10T25:30:00")]
    [InlineData("10.03.2023")]
    [InlineData("2023-03-10T11:30:00+25:00")]
    [InlineData("2023-03-10T11:30:00+")]
    [InlineData("2023-03-10T11:30:00 UTC")]
    [InlineData(" 2023-03-10T11:30:00")]
    [InlineData("20230310")]
    [InlineData("2023-03-10T11:30:00ZZ")]
    public void Parse_OtherText_IsRefused(string text)
    {
        var exception = Assert.Throws<FlamaException>(() => IsoTimestamp.Parse(text));

        Assert.Same(ErrorCodes.InvalidOption, exception.Code);
        Assert.Equal($"The timestamp '{text}' is not ISO 8601.", exception.Message);
    }

    private static string Write(System.Text.Json.JsonElement value, PythonJsonStyle style)
    {
        var json = new PythonJsonWriter(style);
        json.Value(value);
        return Encoding.UTF8.GetString(json.Written.Span);
    }
}
