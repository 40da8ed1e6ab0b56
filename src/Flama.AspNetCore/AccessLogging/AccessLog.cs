using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;

namespace Flama.AspNetCore;

/// <summary>Writes one line per request: who asked for what, and the status of the answer.</summary>
/// <remarks>
/// A request only formats its line into memory; a timer writes what has come together. When the output is not read, lines are dropped and
/// counted rather than requests held up. Thread-safe.
/// </remarks>
public sealed class AccessLog : IAsyncDisposable
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
    private readonly AccessLogOptions options;
    private readonly Timer timer;
    private ArrayBufferWriter<byte> waiting = new();
    private ArrayBufferWriter<byte> spare = new();
    private bool isScheduled;
    private long dropped;

    /// <summary>Starts the log.</summary>
    /// <param name="output">Takes the lines, UTF-8; stays the caller's.</param>
    /// <param name="options">How lines are written; null for the default, which takes a shorter way.</param>
    public AccessLog(Stream output, AccessLogOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(output);
        this.output = output;
        this.options = options ?? new();
        timer = new Timer(static state => ((AccessLog)state!).Flush(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Logs a request that was answered.</summary>
    public void Write(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
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

        if (options.Format is { } format)
        {
            Append(format(new(
                TimeProvider.System.GetUtcNow(), $"{address}:{context.Connection.RemotePort}", request.Method, target, request.Protocol, status)));
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
                    Append(options.FormatWarning?.Invoke(message) ?? $"WARNING:  {message}");
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
