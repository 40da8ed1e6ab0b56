using System.Text;
using System.Text.Json;
using Flama.Json;

namespace Flama.Tests.Json;

public class JsonOutputTests
{
    [Theory]
    [InlineData("plain", "\"plain\"")]
    [InlineData("🔥 é <b> & ' + \u2028 \u007f", "\"🔥 é <b> & ' + \u2028 \u007f\"")]
    [InlineData("a\"b\\c", "\"a\\\"b\\\\c\"")]
    [InlineData("\b\f\n\r\t\u0000\u001f", "\"\\b\\f\\n\\r\\t\\u0000\\u001f\"")]
    [InlineData("🔥\n🔥", "\"🔥\\n🔥\"")]
    [InlineData("", "\"\"")]
    public void Encoder_Text_IsEscapedAsPythonDoes(string text, string expected)
    {
        Assert.Equal(expected, Write(json => json.WriteStringValue(text)));
        Assert.Equal(expected, Write(json => json.WriteStringValue(Encoding.UTF8.GetBytes(text))));
        Assert.Equal(expected, $"\"{JsonEncodedText.Encode(text, JsonOutput.Encoder)}\"");
    }

    [Fact]
    public void Encoder_HalfAPair_BecomesTheReplacementCharacter()
    {
        Assert.Equal("\"a\ufffdb\"", Write(json => json.WriteStringValue("a\ud83db")));
        Assert.Equal("\"\ufffd\"", Write(json => json.WriteStringValue("\udd25")));
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, JsonOutput.Compact))
        {
            write(json);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
