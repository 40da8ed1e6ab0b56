using System.Buffers;
using System.IO.Pipelines;
using Flama.AspNetCore.Admission;
using Flama.AspNetCore.Buffers;
using Flama.AspNetCore.Errors;
using Flama.AspNetCore.Memory;
using Flama.Json;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Predict;

/// <summary>Reads the rows of a request from its body. Thread-safe.</summary>
/// <remarks>
/// A body that is there already is parsed in the server's own buffer. One that arrives in pieces is collected first, in a buffer that
/// grows with what arrived and never with what was announced. Large bodies have to fit into the budget before they are read. While one arrives, others may have come: where the model has a
/// gate, it is asked again before rows are made of the text, which is most of the work of a request that is refused in the end.
/// </remarks>
internal sealed class PredictRequestReader(FlamaHttpOptions options, PooledBuffers buffers, MemoryBudget memory)
{
    // Smaller bodies are not counted: with their rows they hold a few times as much.
    private const int Counted = 16 * 1024;

    private readonly long limit = options.MaxRequestBodyBytes;

    /// <summary>Reads the rows; the caller disposes them.</summary>
    /// <exception cref="FlamaException">The body is not JSON, too large, or not rows that the model takes; or the model's gate has no place.</exception>
    public ValueTask<ModelInput> ReadAsync(HttpContext context, ModelMethod method, InputReader reader, ModelGate? gate)
    {
        var request = context.Request;
        if (!JsonMediaType.Is(request.ContentType))
        {
            return method.Input is TensorsSpec tensors && (ContentBody.IsSent(request, method) || TensorBody.IsSent(request))
                ? ReadBytesAsync(context, method, tensors, gate)
                : throw ErrorResponder.UnsupportedMediaType(request.ContentType);
        }

        if (request.ContentLength > limit)
        {
            RestOfBody.LetBeReadAway(context);
            throw ErrorResponder.TooLarge(limit);
        }

        if (BodyEncoding.IsUsed(request))
        {
            return DecompressAsync(context, method, reader, gate);
        }

        if (request.ContentLength is > Counted and var length)
        {
            memory.Hold(context, Footprint.OfText(method, length));
        }

        var reading = request.BodyReader.ReadAsync(context.RequestAborted);
        if (reading.IsCompletedSuccessfully)
        {
            var result = reading.Result;
            return IsWhole(request, result)
                ? ValueTask.FromResult(Parse(context, request.BodyReader, result.Buffer, reader, gate))
                : CollectAsync(context, new ValueTask<ReadResult>(result), method, reader, gate);
        }

        return CollectAsync(context, reading, method, reader, gate);
    }

    private static bool IsWhole(HttpRequest request, ReadResult result) =>
        result.IsCompleted || result.Buffer.Length == request.ContentLength;

    private ModelInput Parse(HttpContext context, PipeReader body, ReadOnlySequence<byte> json, InputReader reader, ModelGate? gate)
    {
        try
        {
            gate?.Check(context);
            return json.Length <= limit ? reader.ReadRequest(json) : throw ErrorResponder.TooLarge(limit);
        }
        finally
        {
            body.AdvanceTo(json.End);
        }
    }

    // Tensors as they are in memory, an image, a text.
    private async ValueTask<ModelInput> ReadBytesAsync(HttpContext context, ModelMethod method, TensorsSpec tensors, ModelGate? gate)
    {
        if (context.Request.ContentLength > limit)
        {
            RestOfBody.LetBeReadAway(context);
            throw ErrorResponder.TooLarge(limit);
        }

        var collected = buffers.Rent();
        try
        {
            var counted = Counted;
            if (BodyEncoding.IsUsed(context.Request))
            {
                await BodyEncoding.ReadAsync(
                    context.Request, limit, collected, length => counted = Count(context, method, length, counted), context.RequestAborted);
            }
            else
            {
                await CollectAsync(context, method, await context.Request.BodyReader.ReadAsync(context.RequestAborted), collected);
            }

            gate?.Check(context);
            return ContentBody.IsSent(context.Request, method)
                ? await ContentBody.ReadAsync(context.Request, method, collected.WrittenMemory)
                : TensorBody.Read(context.Request, tensors, collected.WrittenSpan);
        }
        finally
        {
            buffers.Return(collected);
        }
    }

    private async ValueTask<ModelInput> DecompressAsync(HttpContext context, ModelMethod method, InputReader reader, ModelGate? gate)
    {
        var collected = buffers.Rent();
        try
        {
            var counted = Counted;
            await BodyEncoding.ReadAsync(
                context.Request, limit, collected, length => counted = Count(context, method, length, counted), context.RequestAborted);
            gate?.Check(context);
            return reader.ReadRequest(collected.WrittenSpan);
        }
        finally
        {
            buffers.Return(collected);
        }
    }

    private async ValueTask<ModelInput> CollectAsync(
        HttpContext context, ValueTask<ReadResult> reading, ModelMethod method, InputReader reader, ModelGate? gate)
    {
        var body = context.Request.BodyReader;
        var result = await reading;
        if (IsWhole(context.Request, result))
        {
            return Parse(context, body, result.Buffer, reader, gate);
        }

        var collected = buffers.Rent();
        try
        {
            await CollectAsync(context, method, result, collected);
            gate?.Check(context);
            return reader.ReadRequest(collected.WrittenSpan);
        }
        finally
        {
            buffers.Return(collected);
        }
    }

    private async ValueTask CollectAsync(HttpContext context, ModelMethod method, ReadResult result, PooledBuffer collected)
    {
        var body = context.Request.BodyReader;
        var announced = (int)(context.Request.ContentLength ?? 0);
        collected.Announced = announced;
        var counted = Math.Max(Counted, announced);
        while (true)
        {
            try
            {
                counted = Count(context, method, collected.Length + result.Buffer.Length, counted);
                Append(collected, result.Buffer, limit);
            }
            finally
            {
                // Also where the body is refused: the server reads the rest of it away, so that the client sees the answer.
                body.AdvanceTo(result.Buffer.End);
            }

            if (result.IsCompleted)
            {
                return;
            }

            result = await body.ReadAsync(context.RequestAborted);
        }
    }

    // A body of unknown length is counted in steps; gives the length up to which it is counted.
    private int Count(HttpContext context, ModelMethod method, long length, int counted)
    {
        if (length <= counted)
        {
            return counted;
        }

        var next = Math.Min(2 * length, limit);
        memory.Hold(context, Footprint.OfText(method, next));
        return (int)next;
    }

    private static void Append(PooledBuffer collected, in ReadOnlySequence<byte> piece, long limit)
    {
        if (collected.Length + piece.Length > limit)
        {
            throw ErrorResponder.TooLarge(limit);
        }

        foreach (var segment in piece)
        {
            collected.Write(segment.Span);
        }
    }
}
