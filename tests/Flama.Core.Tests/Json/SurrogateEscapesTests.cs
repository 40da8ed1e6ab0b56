using System.Text;
using System.Text.Json;
using Flama.Json;

namespace Flama.Tests.Json;

public sealed class SurrogateEscapesTests
{
    [Theory]
    [InlineData("""plain""", """plain""")]
    [InlineData("""\ud83d\ude00""", """\ud83d\ude00""")]
    [InlineData("""\uD83D\uDE00""", """\uD83D\uDE00""")]
    [InlineData("""\ud83d""", """\ufffd""")]
    [InlineData("""\ude00\ud83d""", """\ufffd\ufffd""")]
    [InlineData("""\ud83d\ud83d\ude00""", """\ufffd\ud83d\ude00""")]
    [InlineData("""\\ud83d""", """\\ud83d""")]
    [InlineData("""\\\ud83d""", """\\\ufffd""")]
    [InlineData("""\ud83d\n""", """\ufffd\n""")]
    [InlineData("""\ud8""", """\ud8""")]
    [InlineData("""\""", """\""")]
    public void Repair_HalfPairs_AreReplaced(string json, string expected)
    {
        var repaired = SurrogateEscapes.Repair(Encoding.UTF8.GetBytes(json));

        Assert.Equal(expected, Encoding.UTF8.GetString(repaired));
    }

    [Fact]
    public void Parse_HalfPairs_CanBeRead()
    {
        var member = PythonJson.Parse("""{"\udc00": "a\ud83d"}"""u8).EnumerateObject().Single();

        Assert.Equal(("\uFFFD", "a\uFFFD"), (member.Name, member.Value.GetString()));
    }

    [Fact]
    public void Parse_InvalidUtf8_IsNotJson() => Assert.Throws<JsonException>(() => PythonJson.Parse([(byte)'"', 0xFF, (byte)'"']));
}
