using System.Text;
using Flama.Tests.Hosting;

namespace Flama.AspNetCore.Tests;

/// <summary>What is JSON and what is not, in a member of the request that nobody reads, so that the text alone decides.</summary>
public sealed class JsonGrammarTests(LinearServer server) : IClassFixture<LinearServer>
{
    private static readonly string[] Json =
    [
        "0", "-0", "-0.0", "1e0", "1E+2", "123.456e-78", "1e400", "-1e-400", "123456789012345678901234567890", "\"\"", "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"", "\"\\u0000\"", "\"\\uD834\\uDD1E\"",
        "\"\\uD800\"", "\"\u007f\"", "\"\u2028\"", "\"\U0010ffff\"", "[]", "[ ]", "[[]]", "{}", "{\"\":0}", "{\"a\":1,\"a\":2}", "{\"\\u0061\":[]}", "true", "false", "null", " 1", "1 ", "\t[\r\n1 ,2]",
        "NaN", "Infinity", "-Infinity",
    ];

    private static readonly string[] NotJson =
    [
        "", "01", "-", "-01", "+1", ".5", "1.", "-.5", "1.e1", "1e", "1e+", "1ee1", "0x10", "1_000", "1 000", "１", "--1", "nan", "inf", "-NaN", "+Infinity", "infinity", "\"a", "'a'", "\"\\\"", "\"\\x41\"",
        "\"\\a\"", "\"\\u12\"", "\"\\u{41}\"", "\"\\U0041\"", "\"\t\"", "\"\n\"", "\"\0\"", "[", "]", "[1", "[1,", "[,1]", "[1,]", "[1,,2]", "[1 2]", "[1;2]", "[1]]", "{", "}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}",
        "{,\"a\":1}", "{\"a\" 1}", "{\"a\":1 \"b\":2}", "{a:1}", "{'a':1}", "{1:1}", "{null:1}", "{\"a\"::1}", "{\"a\":1]", "[1}", "True", "FALSE", "nul", "nulll", "undefined", "/* */1", "1//", "#", "<null>", "\u00a01",
        "\u000b1", "\f1", "\ufeff1", "\u20601", "1 2", "[1]x", "\\u0031",
    ];

    [Fact]
    public async Task Json_IsTaken()
    {
        foreach (var text in Json)
        {
            var answer = await AskAsync(Encoding.UTF8.GetBytes(text));

            Assert.True(answer.Status == 200, $"{text} is answered {answer.Body}");
        }
    }

    [Fact]
    public async Task OtherTexts_AreRefusedAsMalformed()
    {
        foreach (var text in NotJson)
        {
            await AssertMalformedAsync(Encoding.UTF8.GetBytes(text), text);
        }
    }

    [Theory]
    [InlineData(new byte[] { 0x22, 0xff, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xc0, 0xaf, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xe0, 0xff, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xed, 0xa0, 0x80, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xf4, 0xbf, 0xbf, 0xbf, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xc3, 0x22 })]
    [InlineData(new byte[] { 0xff })]
    public Task BytesThatAreNotUtf8_AreRefusedAsMalformed(byte[] bytes) => AssertMalformedAsync(bytes, Convert.ToHexString(bytes));

    [Theory]
    [InlineData('[', 100_000)]
    [InlineData('{', 1)]
    [InlineData('[', 513)]
    public Task Depth_ThatNeverEnds_IsRefusedAsMalformed(char opening, int depth) => AssertMalformedAsync(Encoding.UTF8.GetBytes(new string(opening, depth)), $"{depth} times {opening}");

    private async Task AssertMalformedAsync(byte[] bytes, string what)
    {
        var answer = await AskAsync(bytes);

        Assert.True(answer.Status == 400 && answer.Body.Contains("urn:flama:error:malformed_json", StringComparison.Ordinal), $"{what} is answered {answer.Status} {answer.Body}");
    }

    private async Task<Answer> AskAsync(byte[] text)
    {
        using ByteArrayContent content = new([.. """{"other":"""u8, .. text, .. ""","input":[[1,1]]}"""u8]);
        content.Headers.ContentType = new("application/json");
        using var response = await server.Host.Client.PostAsync(new Uri("/predict/", UriKind.Relative), content, TestContext.Current.CancellationToken);
        return await Answer.ReadAsync(response);
    }
}
