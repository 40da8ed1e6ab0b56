using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using Flama.AspNetCore.Admission;
using Flama.AspNetCore.Buffers;
using Flama.AspNetCore.Errors;
using Flama.AspNetCore.Memory;
using Flama.AspNetCore.Models;
using Flama.AspNetCore.Predict;
using Flama.Hosting.Diagnostics;
using Flama.Json;
using Microsoft.AspNetCore.Http;

namespace Flama.AspNetCore.Streaming;

/// <summary>Answers the parts of streams, one after the other: rows with their predictions, anything else with an error. Thread-safe.</summary>
/// <remarks>Each part is answered by the model of its moment: a stream does not keep a model that was replaced.</remarks>
internal sealed class StreamAnswers(ModelRoute served, StreamServices services)
{
    private readonly MemoryBudget memory = services.Memory;
    private readonly ModelGate? gate = services.Gates.Of(served.Served);

    /// <summary>Parts up to this length are not counted in the budget, unless their rows or answers are large.</summary>
    public const int Counted = 16 * 1024;

    /// <summary>Waits for a place to compute, where the model has a gate; dispose it when the part is answered.</summary>
    public ValueTask<GatePlace> EnterAsync(HttpContext context, CancellationToken cancellationToken) =>
        gate is null ? default : gate.EnterAsync(context, waitsAnyTime: true, cancellationToken);

    /// <summary>Writes the answer of one part behind what the buffer has.</summary>
    /// <param name="context">The request of the stream.</param>
    /// <param name="rows">The part.</param>
    /// <param name="part">Which part it is.</param>
    /// <param name="output">Takes the answer.</param>
    /// <param name="cancellationToken">Ends the computation.</param>
    /// <param name="form">What the answer looks like.</param>
    /// <exception cref="OperationCanceledException">The computation was ended: nobody waits for the answer.</exception>
    [SuppressMessage("Design", "CA1031", Justification = "The boundary of one part: the next ones are answered whatever happened here.")]
    public void Write(
        HttpContext context, in ReadOnlySequence<byte> rows, StreamPart part, PooledBuffer output, CancellationToken cancellationToken, StreamForm form = StreamForm.Object)
    {
        var start = output.Length;
        var isCounted = rows.Length > Counted;
        var measure = PredictMeasure.BeginPart(services.Watch);
        var status = StatusCodes.Status499ClientClosedRequest;
        try
        {
            using var lease = served.Acquire();
            var method = lease.Model.GetMethod(ModelMethod.Predict);
            measure.Find(served.Served, lease.Loaded, method);
            if (isCounted)
            {
                memory.Hold(context, Footprint.OfText(method, rows.Length));
            }

            using var input = StreamRows.Read(rows, lease.Loaded, part);
            services.InputLimit?.Check(input);
            measure.Read(input);
            var size = Footprint.OfCall(method, input) + Footprint.OfJson(method, input);
            if (isCounted |= size > MemoryBudget.Uncounted)
            {
                memory.Hold(context, rows.Length + size);
            }

            using var predictions = MeasuredCall.Invoke(served.Served.Name, method, input, new InvokeOptions(cancellationToken));
            measure.Compute(input.Rows, predictions);
            Write(predictions, output, form);
            status = StatusCodes.Status200OK;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            measure.Fail(context, exception);
            output.StartDocument(start);
            var problem = services.Errors.Describe(context, exception) with { Part = part };
            status = problem.Status;
            Write(problem, output, form);
        }
        finally
        {
            measure.End(context, status);
            if (isCounted)
            {
                memory.Hold(context, 0);
            }
        }
    }

    /// <summary>Writes the answer of a part that was not even read.</summary>
    public void Write(HttpContext context, FlamaException failure, StreamPart part, PooledBuffer output, StreamForm form = StreamForm.Object) =>
        Write(services.Errors.Describe(context, failure) with { Part = part }, output, form);

    private static void Write(ModelOutput predictions, PooledBuffer output, StreamForm form)
    {
        if (form == StreamForm.Event)
        {
            output.Write("data: "u8);
        }

        output.StartDocument(output.Length);
        var json = output.Json;
        if (form == StreamForm.Event)
        {
            OutputWriter.Write(json, predictions);
        }
        else
        {
            json.WriteStartObject();
            json.WritePropertyName("output"u8);
            OutputWriter.Write(json, predictions);
            json.WriteEndObject();
        }

        json.Flush();
        End(output, form);
    }

    private static void Write(Problem problem, PooledBuffer output, StreamForm form)
    {
        if (form == StreamForm.Event)
        {
            output.Write("event: error\ndata: "u8);
        }

        output.StartDocument(output.Length);
        ProblemWriter.Write(output.Json, problem);
        output.Json.Flush();
        End(output, form);
    }

    // An event ends with an empty line; the line of an object ends where the stream writes it.
    private static void End(PooledBuffer output, StreamForm form)
    {
        if (form == StreamForm.Event)
        {
            output.Write("\n"u8);
        }
    }
}
