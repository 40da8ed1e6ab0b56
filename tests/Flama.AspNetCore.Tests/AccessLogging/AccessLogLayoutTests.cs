using System.Net;
using System.Text;
using System.Text.Json;
using Flama.AspNetCore;
using Flama.AspNetCore.Logging;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Flama.Tests.AccessLogging;

public sealed class AccessLogLayoutTests
{
    [Fact]
    public async Task Write_Json_HasTheRequestInPieces()
    {
        using var document = JsonDocument.Parse(await WriteAsync(new JsonLogFormatter()));

        Assert.Equal("127.0.0.1:36908 - \"GET /a%22b HTTP/1.1\" 404 Not Found", document.RootElement.GetProperty("message").GetString());
        Assert.Equal(
            """{"client":"127.0.0.1:36908","method":"GET","target":"/a%22b","protocol":"HTTP/1.1","status":404,"reason":"Not Found"}""",
            document.RootElement.GetProperty("fields").GetRawText());
    }

    [Theory]
    [InlineData("%(status_code)s %(client_addr)s %(request_line)s", "404 Not Found 127.0.0.1:36908 GET /a%22b HTTP/1.1\n")]
    [InlineData("%(name)s %(message)s", "flama.access 127.0.0.1:36908 - \"GET /a%22b HTTP/1.1\" 404 Not Found\n")]
    public async Task Write_Pattern_IsFilled(string pattern, string expected)
    {
        Assert.Equal(expected, await WriteAsync(new TextLogFormatter(pattern, useColors: false)));
    }

    [Fact]
    public async Task Write_DefaultPattern_IsTheShorterWaysLine()
    {
        Assert.Equal(await WriteAsync(null), await WriteAsync(new TextLogFormatter(TextLogFormatter.AccessPattern, useColors: false)));
        Assert.Equal(
            (await WriteAsync(null)).Replace("INFO", "\u001b[32mINFO\u001b[0m", StringComparison.Ordinal),
            await WriteAsync(new TextLogFormatter(TextLogFormatter.AccessPattern, useColors: true)));
    }

    private static async Task<string> WriteAsync(LogFormatter? layout)
    {
        DefaultHttpContext context = new();
        context.Request.Method = "GET";
        context.Request.Protocol = "HTTP/1.1";
        context.Features.Get<IHttpRequestFeature>()!.RawTarget = "/a\"b";
        context.Connection.RemoteIpAddress = IPAddress.Loopback;
        context.Connection.RemotePort = 36908;
        context.Response.StatusCode = 404;
        using MemoryStream output = new();
        await using (AccessLog log = new(output, layout is null ? null : AccessLogOptions.Of(layout)))
        {
            log.Write(context);
        }

        return Encoding.UTF8.GetString(output.ToArray());
    }
}
