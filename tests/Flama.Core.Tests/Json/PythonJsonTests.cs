using System.Text;
using System.Text.Json;
using Flama.Json;

namespace Flama.Tests.Json;

public class PythonJsonTests
{
    [Theory]
    [InlineData("[NaN]", true)]
    [InlineData("{\"a\": -Infinity}", true)]
    [InlineData("Infinity", true)]
    [InlineData("[\"NaN\"]", false)]
    [InlineData("[\"\\\"NaN\"]", false)]
    [InlineData("[1NaN]", false)]
    [InlineData("[NaNs]", false)]
    [InlineData("[-NaN]", false)]
    [InlineData("[+Infinity]", false)]
    [InlineData("[1,2]", false)]
    [InlineData("\"NaN", false)]
    public void HasConstants_BareWords_OnlyWhereTheyStandAlone(string json, bool expected) =>
        Assert.Equal(expected, PythonJson.HasConstants(Encoding.UTF8.GetBytes(json)));

    [Fact]
    public void ReplaceConstants_BareWords_LeavesTheRest()
    {
        var replaced = PythonJson.ReplaceConstants("[NaN, \"NaN\", Infinity,-Infinity , 1]"u8, "a"u8, "b"u8, "c"u8);

        Assert.Equal("[a, \"NaN\", b,c , 1]", Encoding.UTF8.GetString(replaced));
    }

    [Fact]
    public void Parse_BareWords_BecomeNull()
    {
        var element = PythonJson.Parse("{\"a\":[NaN,1]}"u8);

        Assert.Equal(JsonValueKind.Null, element.GetProperty("a")[0].ValueKind);
    }

    [Fact]
    public void Parse_NotJson_Throws() => Assert.ThrowsAny<JsonException>(() => PythonJson.Parse("[NaN"u8));
}
