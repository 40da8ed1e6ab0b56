using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Flama.Cli.Logging;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;

namespace Flama.Cli.Serving;

/// <summary>One line a request on standard output: who asked for what, and the status of the answer.</summary>
/// <remarks>
/// A request only formats its line into memory; a timer writes what has come together. When nobody reads the output, lines are dropped and
/// counted rather than requests held up. Thread-safe.
/// </remarks>
internal sealed class AccessLog : IAsyncDisposable
{
    private const int MaxTargetLength = 2000;
    private const int OtherLength = 300;
    private const int MaxWaiting = 4 << 20;
    private static readonly TimeSpan Delay = TimeSpan.FromMilliseconds(20);

    // Printable ASCII without the quotation mark: anything else could forge a line.
    private static readonly SearchValues<char> Plain = SearchValues.Create(
        [.. Enumerable.Range('!', '~' - '!' + 1).Where(code => code != '"').Select(code => (char)code)]);

    private readonly Lock formatting = new();
    private readonly Lock writing = new();
    private readonly Stream output;
    private readonly LogFormatter? formatter;
    private readonly Timer timer;
    private ArrayBufferWriter<byte> waiting = new();
    private ArrayBufferWriter<byte> spare = new();
    private bool isScheduled;
    private long dropped;

    /// <summary>Starts the log.</summary>
    /// <param name="output">Takes the lines; stays the caller's.</param>
    /// <param name="formatter">How they are written; null for the default, which takes a shorter way.</param>
    public AccessLog(Stream output, LogFormatter? formatter = null)
    {
        this.output = output;
        this.formatter = formatter is TextFormatter { IsPlainAccess: true } ? null : formatter;
        timer = new Timer(static state => ((AccessLog)state!).Flush(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Logs a request that was answered.</summary>
    public void Write(HttpContext context)
    {
        var target = context.Features.Get<IHttpRequestFeature>()?.RawTarget ?? context.Request.Path.Value ?? "";
        if (target.Length > MaxTargetLength || target.AsSpan().IndexOfAnyExcept(Plain) >= 0)
        {
            target = Escape(target);
        }

        lock (formatting)
        {
            if (waiting.WrittenCount > MaxWaiting)
            {
                dropped++;
                return;
            }

            Format(context, target);
            if (!isScheduled)
            {
                isScheduled = true;
                timer.Change(Delay, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>Writes what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        await timer.DisposeAsync();
        Flush();
    }

    private void Format(HttpContext context, string target)
    {
        var request = context.Request;
        var status = context.Response.StatusCode;
        var address = context.Connection.RemoteIpAddress;
        if (address is { IsIPv4MappedToIPv6: true })
        {
            address = address.MapToIPv4();
        }

        if (formatter is not null)
        {
            Append(formatter.Format(EventOf(request, target, $"{address}:{context.Connection.RemotePort}", status)));
            return;
        }

        var span = waiting.GetSpan((3 * target.Length) + OtherLength);
        if (Utf8.TryWrite(
            span,
            CultureInfo.InvariantCulture,
            $"INFO:     {address}:{context.Connection.RemotePort} - \"{request.Method} {target} {request.Protocol}\" {status} {ReasonPhrases.GetReasonPhrase(status)}\n",
            out var written))
        {
            waiting.Advance(written);
        }
        else
        {
            dropped++;
        }
    }

    private void Append(string line) => waiting.Write(Encoding.UTF8.GetBytes($"{line}\n"));

    private static LogEvent EventOf(HttpRequest request, string target, string client, int status)
    {
        var reason = ReasonPhrases.GetReasonPhrase(status);
        return new(
            TimeProvider.System.GetUtcNow(),
            LogLevel.Information,
            LogEvent.Access,
            $"{client} - \"{request.Method} {target} {request.Protocol}\" {status} {reason}",
            [
                new("client", client), new("method", request.Method), new("target", target), new("protocol", request.Protocol),
                new("status", status), new("reason", reason),
            ],
            null);
    }

    private void Flush()
    {
        lock (writing)
        {
            ArrayBufferWriter<byte> lines;
            lock (formatting)
            {
                isScheduled = false;
                lines = waiting;
                if (dropped > 0)
                {
                    var message = $"{dropped} lines were dropped: the output is not read fast enough.";
                    Append(formatter?.Format(new(TimeProvider.System.GetUtcNow(), LogLevel.Warning, LogEvent.Access, message, [], null)) ?? $"WARNING:  {message}");
                    dropped = 0;
                }

                (waiting, spare) = (spare, lines);
            }

            try
            {
                output.Write(lines.WrittenSpan);
                output.Flush();
            }
            catch (IOException)
            {
                // Serving goes on when the log's disk is full or its reader is gone.
            }

            lines.ResetWrittenCount();
        }
    }

    private static string Escape(string target)
    {
        StringBuilder text = new();
        foreach (var letter in Encoding.UTF8.GetBytes(target.Length > MaxTargetLength ? target[..MaxTargetLength] : target))
        {
            _ = Plain.Contains((char)letter)
                ? text.Append((char)letter)
                : text.Append('%').Append(letter.ToString("X2", CultureInfo.InvariantCulture));
        }

        return text.Append(target.Length > MaxTargetLength ? "..." : "").ToString();
    }
}
