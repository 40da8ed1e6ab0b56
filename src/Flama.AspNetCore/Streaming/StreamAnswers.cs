using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Flama.AspNetCore.Buffers;
using Flama.AspNetCore.Errors;
using Flama.AspNetCore.Models;
using Flama.Json;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Streaming;

/// <summary>Answers the parts of streams, one after the other: rows with their predictions, anything else with an error. Thread-safe.</summary>
/// <remarks>Each part is answered by the model of its moment: a stream does not keep a model that was replaced.</remarks>
internal sealed class StreamAnswers(ModelRoute served, ErrorResponder errors)
{
    /// <summary>Writes the answer of one part behind what the buffer has.</summary>
    /// <param name="context">The request of the stream.</param>
    /// <param name="rows">The part.</param>
    /// <param name="output">Takes a JSON object.</param>
    [SuppressMessage("Design", "CA1031", Justification = "The boundary of one part: the next ones are answered whatever happened here.")]
    public void Write(HttpContext context, in ReadOnlySequence<byte> rows, PooledBuffer output)
    {
        var start = output.Length;
        try
        {
            using var lease = served.Acquire();
            using var input = StreamRows.Read(rows, lease.Loaded);
            using var predictions = lease.Loaded.Model.Predict(input);
            output.StartDocument(start);
            var json = output.Json;
            json.WriteStartObject();
            json.WritePropertyName("output"u8);
            OutputWriter.Write(json, predictions);
            json.WriteEndObject();
            json.Flush();
        }
        catch (Exception exception)
        {
            Write(errors.Describe(context, exception), output, start);
        }
    }

    /// <summary>Writes the answer of a part that was not even read.</summary>
    public void Write(HttpContext context, FlamaException failure, PooledBuffer output) =>
        Write(errors.Describe(context, failure), output, output.Length);

    private static void Write(Problem problem, PooledBuffer output, int start)
    {
        output.StartDocument(start);
        ProblemWriter.Write(output.Json, problem);
        output.Json.Flush();
    }
}
