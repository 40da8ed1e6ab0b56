using System.Net;
using System.Text;
using Flama.AspNetCore;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Flama.Tests.AccessLogging;

public sealed class AccessLogTests
{
    [Fact]
    public async Task Write_ARequest_SaysWhoWhatAndHowItEnded()
    {
        using MemoryStream output = new();

        await using (AccessLog log = new(output))
        {
            log.Write(ContextOf("/predict/?include=classes", IPAddress.Loopback, 200));
            log.Write(ContextOf("/nope", IPAddress.Parse("::ffff:10.0.0.1"), 404));
        }

        Assert.Equal(
            "INFO:     127.0.0.1:36908 - \"POST /predict/?include=classes HTTP/1.1\" 200 OK\n"
            + "INFO:     10.0.0.1:36908 - \"POST /nope HTTP/1.1\" 404 Not Found\n",
            Encoding.UTF8.GetString(output.ToArray()));
    }

    [Theory]
    [InlineData("/a\" 200 OK\nINFO:", "/a%22%20200%20OK%0AINFO:")]
    [InlineData("/\u001b[31mé", "/%1B[31m%C3%A9")]
    public async Task Write_TargetThatWouldForgeALine_IsEscaped(string target, string expected)
    {
        using MemoryStream output = new();

        await using (AccessLog log = new(output))
        {
            log.Write(ContextOf(target, IPAddress.Loopback, 400));
        }

        Assert.Equal($"INFO:     127.0.0.1:36908 - \"POST {expected} HTTP/1.1\" 400 Bad Request\n", Encoding.UTF8.GetString(output.ToArray()));
    }

    [Fact]
    public async Task Write_LongTarget_IsCut()
    {
        using MemoryStream output = new();

        await using (AccessLog log = new(output))
        {
            log.Write(ContextOf("/" + new string('é', 100_000), IPAddress.Loopback, 414));
        }

        Assert.InRange(output.Length, 2000, 2000 * 6 + 200);
    }

    [Fact]
    public async Task Write_NobodyReads_DropsLinesAndCountsThem()
    {
        using BlockedStream output = new();
        AccessLog log = new(output);
        var context = ContextOf("/" + new string('x', 1900), IPAddress.Loopback, 200);

        for (var i = 0; i < 10_000; i++)
        {
            log.Write(context);
        }

        output.Open();
        await log.DisposeAsync();
        var lines = Encoding.UTF8.GetString(output.Written.ToArray()).TrimEnd('\n').Split('\n');
        Assert.InRange(lines.Length, 2, 9_999);
        Assert.Contains(lines, line => line.EndsWith("lines were dropped: the output is not read fast enough.", StringComparison.Ordinal));
    }

    private static DefaultHttpContext ContextOf(string target, IPAddress address, int status)
    {
        DefaultHttpContext context = new();
        context.Request.Method = "POST";
        context.Request.Protocol = "HTTP/1.1";
        context.Features.Get<IHttpRequestFeature>()!.RawTarget = target;
        context.Connection.RemoteIpAddress = address;
        context.Connection.RemotePort = 36908;
        context.Response.StatusCode = status;
        return context;
    }

    private sealed class BlockedStream : MemoryStream
    {
        private readonly ManualResetEventSlim opened = new();

        public MemoryStream Written { get; } = new();

        public void Open() => opened.Set();

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            opened.Wait(TestContext.Current.CancellationToken);
            Written.Write(buffer);
        }

        protected override void Dispose(bool disposing)
        {
            opened.Dispose();
            base.Dispose(disposing);
        }
    }
}
