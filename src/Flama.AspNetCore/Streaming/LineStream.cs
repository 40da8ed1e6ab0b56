using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Pipelines;
using Flama.AspNetCore.Buffers;
using Flama.AspNetCore.Errors;
using Flama.AspNetCore.Models;
using Flama.AspNetCore.Predict;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace Flama.AspNetCore.Streaming;

/// <summary>Answers <c>POST {url}stream/</c>: a line of rows in, a line of predictions out, while lines still arrive. Thread-safe.</summary>
/// <remarks>
/// Answers go out when no whole line is left to answer, or when enough have come together. While the client does not read them, no more lines
/// are read. Empty lines are left out. At the application's end a stream ends behind the lines that have arrived.
/// </remarks>
internal sealed class LineStream(ModelRoute served, StreamServices services)
{
    private const int FlushFrom = 16 * 1024;

    private static readonly TimeSpan PartingLimit = TimeSpan.FromSeconds(5);

    private readonly StreamAnswers answers = new(served, services);

    [SuppressMessage("Design", "CA1031", Justification = "The boundary of a request.")]
    public async Task HandleAsync(HttpContext context)
    {
        try
        {
            if (!LineMediaType.Is(context.Request.ContentType))
            {
                throw ErrorResponder.UnsupportedMediaType(context.Request.ContentType, LineMediaType.Answer);
            }

            if (BodyEncoding.IsUsed(context.Request))
            {
                throw new FlamaException(
                    ErrorCodes.UnsupportedMediaType, "A stream is read as it is, and this one has a content encoding.", "Send the lines without Content-Encoding.");
            }

            // A stream may rest between two lines.
            if (context.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            {
                rate.MinDataRate = null;
            }

            var waiting = services.Buffers.Rent();
            try
            {
                await RunAsync(context, waiting);
            }
            finally
            {
                services.Buffers.Return(waiting);
            }
        }
        catch (Exception exception)
        {
            await services.Errors.RespondAsync(context, exception);
        }
    }

    private async Task RunAsync(HttpContext context, PooledBuffer waiting)
    {
        var body = context.Request.BodyReader;
        LineSplitter splitter = new(services.MaxLineBytes);
        StreamForm? form = LineMediaType.WantsEvents(context.Request) ? StreamForm.Event : null;
        var lines = 0L;
        var isCounted = false;
        await using var stop = services.Stopping.UnsafeRegister(static reader => ((PipeReader)reader!).CancelPendingRead(), body);
        while (true)
        {
            var result = await body.ReadAsync(context.RequestAborted);
            var rest = result.Buffer;
            try
            {
                bool isAnswered;
                do
                {
                    using (await answers.EnterAsync(context, context.RequestAborted))
                    {
                        isAnswered = Answer(context, ref splitter, ref rest, result.IsCompleted, waiting, ref form, ref lines);
                    }

                    if (waiting.Length >= FlushFrom)
                    {
                        await FlushAsync(context, waiting);
                    }
                }
                while (isAnswered);

                // A line that is still arriving.
                if (isCounted || rest.Length > StreamAnswers.Counted)
                {
                    isCounted = rest.Length > StreamAnswers.Counted;
                    services.Memory.Hold(context, isCounted ? rest.Length : 0);
                }
            }
            catch
            {
                // The server reads away what is left, so that the client sees the answer.
                body.AdvanceTo(result.Buffer.End);
                throw;
            }

            body.AdvanceTo(rest.Start, rest.End);
            if (waiting.Length > 0)
            {
                await FlushAsync(context, waiting);
            }

            if (result.IsCompleted)
            {
                Announce(context, form ?? StreamForm.Object);
                return;
            }

            if (services.Stopping.IsCancellationRequested)
            {
                await PartAsync(context, body);
                return;
            }
        }
    }

    // The client sees the end of the answer, and has a while to see to the end of its lines.
    private static async Task PartAsync(HttpContext context, PipeReader body)
    {
        await context.Response.CompleteAsync();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        limit.CancelAfter(PartingLimit);
        try
        {
            ReadResult result;
            do
            {
                result = await body.ReadAsync(limit.Token);
                body.AdvanceTo(result.Buffer.End);
            }
            while (!result.IsCompleted);
        }
        catch (OperationCanceledException)
        {
            context.Abort();
        }
    }

    /// <summary>Takes one line and answers it; false when there was none.</summary>
    private bool Answer(
        HttpContext context, ref LineSplitter splitter, ref ReadOnlySequence<byte> rest, bool isLast, PooledBuffer waiting, ref StreamForm? form, ref long lines)
    {
        var kind = splitter.Next(ref rest, isLast, out var line);
        lines += kind is LineKind.Whole or LineKind.TooLong ? 1 : 0;
        if (form is null && kind is LineKind.Whole or LineKind.TooLong && !IsBlank(line))
        {
            // Flama 2.x streams the answer to one text as server-sent events.
            form = kind == LineKind.Whole && StreamRows.IsTextInput(line) ? StreamForm.Event : StreamForm.Object;
        }

        if (form is { } known)
        {
            Announce(context, known);
        }

        switch (kind)
        {
            case LineKind.Whole when IsBlank(line):
                break;
            case LineKind.Whole:
                answers.Write(context, line, StreamPart.Line(lines), waiting, context.RequestAborted, form ?? StreamForm.Object);
                waiting.Write("\n"u8);
                break;
            case LineKind.TooLong:
                answers.Write(context, LineTooLong(lines), StreamPart.Line(lines), waiting, form ?? StreamForm.Object);
                waiting.Write("\n"u8);
                break;
        }

        return kind != LineKind.None;
    }

    private static void Announce(HttpContext context, StreamForm form)
    {
        var response = context.Response;
        if (response.HasStarted || response.ContentType is not null)
        {
            return;
        }

        response.ContentType = form == StreamForm.Event ? LineMediaType.Events : LineMediaType.Answer;
        if (form == StreamForm.Event)
        {
            response.Headers.CacheControl = "no-cache";
        }
    }

    private FlamaException LineTooLong(long number) => new(
        ErrorCodes.InputTooLarge, $"Line {number} is longer than the limit of {services.MaxLineBytes} bytes.", "Send fewer rows per line.");

    private static bool IsBlank(in ReadOnlySequence<byte> line)
    {
        foreach (var segment in line)
        {
            if (segment.Span.IndexOfAnyExcept(" \t\r"u8) >= 0)
            {
                return false;
            }
        }

        return true;
    }

    private static async ValueTask FlushAsync(HttpContext context, PooledBuffer waiting)
    {
        await context.Response.BodyWriter.WriteInPiecesAsync(waiting.WrittenMemory, context.RequestAborted);
        waiting.Clear();
    }
}
