using System.Text.Json;
using Flama.AspNetCore.Logging;
using Microsoft.Extensions.Logging;

namespace Flama.Tests.Logging;

public sealed class LayoutTests
{
    private static readonly DateTimeOffset Time = new(2026, 2, 3, 4, 5, 6, 789, TimeSpan.FromHours(2));

    [Fact]
    public void Json_Event_IsOneObjectOnOneLine()
    {
        LogEvent entry = new(
            Time,
            LogLevel.Warning,
            "flama",
            "a \"line\"\nand é",
            [new("count", 3), new("ratio", 0.5), new("odd", double.NaN), new("on", true), new("none", null), new("names", new List<string> { "a", "b" })],
            new InvalidOperationException("x\ny"));

        var line = new JsonLogFormatter().Format(entry);

        Assert.DoesNotContain('\n', line);
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        Assert.Equal(
            ("2026-02-03T02:05:06.789Z", "WARNING", "flama", "a \"line\"\nand é"),
            (root.GetProperty("timestamp").GetString(), root.GetProperty("level").GetString(), root.GetProperty("logger").GetString(), root.GetProperty("message").GetString()));
        Assert.Equal("""{"count":3,"ratio":0.5,"odd":"NaN","on":true,"none":null,"names":["a","b"]}""", root.GetProperty("fields").GetRawText());
        Assert.Contains("x\ny", root.GetProperty("exception").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("%(levelprefix)s %(message)s", "INFO:     hello")]
    [InlineData("%(asctime)s [%(levelname)-8s] %(name)s: %(message)s", "2026-02-03 02:05:06,789 [INFO] flama: hello")]
    [InlineData("100%% %(nothing)s%(message)s.", "100% hello.")]
    [InlineData("no names", "no names")]
    [InlineData("open %(message", "open %(message")]
    public void Text_Pattern_IsFilled(string pattern, string expected)
    {
        var line = new TextLogFormatter(pattern, useColors: false).Format(new(Time, LogLevel.Information, "flama", "hello", [], null));

        Assert.Equal(expected, line);
    }

    [Fact]
    public void Text_Message_CannotForgeLines()
    {
        var line = new TextLogFormatter("%(message)s", useColors: false).Format(new(Time, LogLevel.Information, "flama", "a\nINFO: b\u001b[31m", [], null));

        Assert.Equal("a INFO: b\uFFFD[31m", line);
    }

    [Fact]
    public void Text_UnknownNames_AreToldOf()
    {
        List<string> unknown = [];

        _ = new TextLogFormatter("%(lineno)d %(message)s", useColors: false, unknown);

        Assert.Equal(["%(lineno)"], unknown);
    }
}
