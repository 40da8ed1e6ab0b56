using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Flama.AspNetCore.Errors;
using Flama.Json;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.JsonRpc;

/// <summary>Answers calls of JSON-RPC 2.0: one, or a batch in its order; notifications are not answered. Thread-safe.</summary>
internal sealed class JsonRpcEndpoint(IReadOnlyDictionary<string, JsonRpcMethod> methods, HttpServices services)
{
    // A batch holds up one request for as long as all of its calls take.
    private const int MostCalls = 100;

    [SuppressMessage("Design", "CA1031", Justification = "The boundary of a request.")]
    public async Task HandleAsync(HttpContext context)
    {
        JsonDocument? document = null;
        try
        {
            document = await context.Request.ReadJsonBodyAsync(services.Options.MaxRequestBodyBytes);
        }
        catch (FlamaException failure) when (failure.Code == ErrorCodes.MalformedJson)
        {
            // The protocol has an error of its own for it.
        }
        catch (Exception failure)
        {
            await services.Errors.RespondAsync(context, failure);
            return;
        }

        ArrayBufferWriter<byte> body = new();
        await using Utf8JsonWriter json = new(body, JsonOutput.Compact);
        bool isAnswered;
        using (document)
        {
            isAnswered = await AnswerAsync(context, document, json);
        }

        await json.FlushAsync(context.RequestAborted);
        var response = context.Response;
        if (!isAnswered)
        {
            response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        response.ContentType = "application/json";
        response.ContentLength = body.WrittenCount;
        await response.BodyWriter.WriteAsync(body.WrittenMemory, context.RequestAborted);
    }

    private async Task<bool> AnswerAsync(HttpContext context, JsonDocument? document, Utf8JsonWriter json)
    {
        if (document is null)
        {
            WriteError(json, default, JsonRpcErrors.Parse, "The body is not JSON.");
            return true;
        }

        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Array)
        {
            return await AnswerAsync(context, root, json, null);
        }

        var count = root.GetArrayLength();
        if (count is 0 or > MostCalls)
        {
            WriteError(json, default, JsonRpcErrors.InvalidRequest, count == 0 ? "The batch is empty." : $"The batch has {count} calls, and the limit is {MostCalls}.");
            return true;
        }

        Batch batch = new();
        foreach (var call in root.EnumerateArray())
        {
            await AnswerAsync(context, call, json, batch);
        }

        if (batch.IsBegun)
        {
            json.WriteEndArray();
        }

        return batch.IsBegun;
    }

    // Writes the answer, the first of a batch behind its bracket; false for a notification.
    [SuppressMessage("Design", "CA1031", Justification = "The boundary of a call.")]
    private async Task<bool> AnswerAsync(HttpContext context, JsonElement request, Utf8JsonWriter json, Batch? batch)
    {
        if (!IsRequest(request, out var name, out var id))
        {
            batch?.Begin(json);
            WriteError(json, id, JsonRpcErrors.InvalidRequest, "The call is not one of JSON-RPC 2.0.");
            return true;
        }

        JsonRpcCall call = new(context, name, id.ValueKind == JsonValueKind.Undefined);
        JsonElement result;
        try
        {
            if (!methods.TryGetValue(call.Method, out var method))
            {
                throw new JsonRpcException(JsonRpcErrors.MethodNotFound, $"There is no method '{SafeText.OneLine(call.Method, 100)}'.");
            }

            request.TryGetProperty("params"u8, out var parameters);
            result = await method(parameters, call);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception failure)
        {
            // Notifications are not answered; that one failed is logged all the same.
            var problem = failure is JsonRpcException ? null : services.Errors.Describe(context, failure);
            if (call.IsNotification)
            {
                return false;
            }

            batch?.Begin(json);
            WriteError(json, id, failure, problem);
            return true;
        }

        if (call.IsNotification)
        {
            return false;
        }

        batch?.Begin(json);
        json.WriteStartObject();
        json.WriteString("jsonrpc"u8, "2.0"u8);
        json.WritePropertyName("result"u8);
        result.WriteTo(json);
        WriteId(json, id);
        json.WriteEndObject();
        return true;
    }

    private static bool IsRequest(JsonElement request, out string method, out JsonElement id)
    {
        (method, id) = ("", default);
        try
        {
            return request.ValueKind == JsonValueKind.Object && IsId(request, out id)
                && request.TryGetProperty("jsonrpc"u8, out var version) && version.ValueKind == JsonValueKind.String && version.ValueEquals("2.0"u8)
                && request.TryGetProperty("method"u8, out var name) && name.ValueKind == JsonValueKind.String && (method = name.GetString()!) is not null
                && (!request.TryGetProperty("params"u8, out var parameters) || parameters.ValueKind is JsonValueKind.Object or JsonValueKind.Array);
        }
        catch (InvalidOperationException)
        {
            // Text that is no text: half a surrogate pair.
            return false;
        }
    }

    // What cannot be the id is answered without one.
    private static bool IsId(JsonElement request, out JsonElement id)
    {
        id = default;
        if (!request.TryGetProperty("id"u8, out var given))
        {
            return true;
        }

        if (given.ValueKind == JsonValueKind.String)
        {
            _ = given.GetString();
        }

        var isId = given.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.Null;
        id = isId ? given : default;
        return isId;
    }

    private static void WriteError(Utf8JsonWriter json, JsonElement id, Exception failure, Problem? problem)
    {
        if (problem is null)
        {
            var own = (JsonRpcException)failure;
            WriteError(json, id, own.Code, own.Message, own.ErrorData is { } data ? writer => writer.WriteRawValue(data.GetRawText()) : null);
            return;
        }

        var code = failure is FlamaException { Code: var known } ? known == ErrorCodes.InvalidInput ? JsonRpcErrors.InvalidParams : JsonRpcErrors.Refused : JsonRpcErrors.Internal;
        WriteError(json, id, problem.CorrelationId is null ? code : JsonRpcErrors.Internal, problem.Detail, writer => ProblemWriter.Write(writer, problem));
    }

    private static void WriteError(Utf8JsonWriter json, JsonElement id, int code, string message, Action<Utf8JsonWriter>? data = null)
    {
        json.WriteStartObject();
        json.WriteString("jsonrpc"u8, "2.0"u8);
        json.WriteStartObject("error"u8);
        json.WriteNumber("code"u8, code);
        json.WriteString("message"u8, message);
        if (data is not null)
        {
            json.WritePropertyName("data"u8);
            data(json);
        }

        json.WriteEndObject();
        WriteId(json, id);
        json.WriteEndObject();
    }

    private static void WriteId(Utf8JsonWriter json, JsonElement id)
    {
        json.WritePropertyName("id"u8);
        if (id.ValueKind == JsonValueKind.Undefined)
        {
            json.WriteNullValue();
        }
        else
        {
            id.WriteTo(json);
        }
    }

    private sealed class Batch
    {
        public bool IsBegun { get; private set; }

        public void Begin(Utf8JsonWriter json)
        {
            if (!IsBegun)
            {
                json.WriteStartArray();
                IsBegun = true;
            }
        }
    }
}
