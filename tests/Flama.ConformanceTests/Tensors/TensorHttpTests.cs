using System.Text;
using System.Text.Json;
using Flama.ConformanceTests.Http;
using Flama.Scoring;
using Flama.Tests;

namespace Flama.ConformanceTests.Tensors;

/// <summary>
/// Golden models of tensors over HTTP: tensors by name and alone, as nested lists, in base64 and as plain bytes, and as files of the command line; each answer as it should be, and within the schema that the same server
/// gives. What an engine refuses or answers otherwise is a matter of its own tests: here the server has to say the same.
/// </summary>
public sealed class TensorHttpTests(ITestOutputHelper output)
{
    private const int ModelsPerServer = 40;

    public static TheoryData<string> Archives() => [.. WireCases.Archives()];

    [Theory]
    [MemberData(nameof(Archives))]
    public async Task Models_OfArchive_AnswerInEveryForm(string archive)
    {
        WireTally tally = new();

        foreach (var some in WireCases.ReadAll(archive).Chunk(ModelsPerServer))
        {
            using TemporaryDirectory directory = new();
            List<(WireCase Golden, WireModel Model)> loaded = [];
            try
            {
                foreach (var golden in some)
                {
                    try
                    {
                        loaded.Add((golden, golden.Load(directory.Root)));
                    }
                    catch (FlamaException exception)
                    {
                        tally.NoteRefusal(golden.Name, exception);
                    }
                }

                await using var host = await ModelHost.StartAsync(loaded.Select((one, i) => ($"/m{i}", one.Model.Model)));
                for (var i = 0; i < loaded.Count; i++)
                {
                    await TryAsync(host, $"/m{i}/{loaded[i].Model.Method.Name}/", loaded[i].Golden, loaded[i].Model.Method, tally);
                }
            }
            finally
            {
                loaded.ForEach(one => one.Model.Dispose());
            }
        }

        output.WriteLine($"{archive}: {tally}");
        tally.Refused.ForEach(output.WriteLine);
        Assert.True(tally.Wrong.Count == 0, string.Join(Environment.NewLine, tally.Wrong.Prepend($"{tally.Wrong.Count} wrong")));
    }

    private static async Task TryAsync(ModelHost host, string url, WireCase golden, ModelMethod method, WireTally tally)
    {
        var spec = (TensorsSpec)method.Input;
        var operation = host.Schema.GetProperty("paths").GetProperty(url).GetProperty("post");
        var requestSchema = SchemaOf(operation.GetProperty("requestBody"));
        var schema = SchemaOf(operation.GetProperty("responses").GetProperty("200"));
        var isFirst = true;
        foreach (var call in golden.Calls)
        {
            using var inputs = call.Inputs(spec);
            IReadOnlyList<ModelArray> expected = call.IsError ? [] : call.Expected(method);
            var isOfBytes = WireRequest.IsOfBytes(inputs);
            if (!isOfBytes || WireRequest.IsToldByLists(inputs))
            {
                await PostAsync("lists", WireRequest.ByName(inputs, isEncoded: false), isDocumented: spec.Tensors.Count > 1);
                if (inputs.Count == 1 && spec.Tensors.Count == 1)
                {
                    await PostAsync("one", WireRequest.Bare(inputs, isEncoded: false), isDocumented: true);
                }
            }

            await ScoreAsync(inputs.Count == 1 && spec.Tensors.Count == 1 ? WireRequest.ValueOf(inputs.Arrays[0], isOfBytes && !WireRequest.IsToldByLists(inputs)) : WireRequest.ByName(inputs, isOfBytes && !WireRequest.IsToldByLists(inputs)));
            if (isOfBytes)
            {
                await PostAsync("base64", WireRequest.ByName(inputs, isEncoded: true), isDocumented: false);
                await PostBytesAsync(WireRequest.Shapes(inputs), WireRequest.Types(inputs));
                if (isFirst && spec.Tensors is [{ Shape: { } shape }] && shape.Count(length => length.Length is null) <= 1 && inputs.Arrays[0].Shape.All(length => length > 0))
                {
                    await PostAsync("base64", WireRequest.Bare(inputs, isEncoded: true), isDocumented: false);
                    await PostBytesAsync(null, null);
                }
            }

            isFirst = false;

            async Task PostAsync(string form, string body, bool isDocumented)
            {
                var (status, answer) = await host.PostAsync(url, body);
                if (status == 200)
                {
                    tally.Note(golden, call, method, form, isDocumented && !body.Contains('N', StringComparison.Ordinal) && !body.Contains("Infinity", StringComparison.Ordinal)
                        && host.Validator.Check(JsonDocument.Parse(body, new() { MaxDepth = 512 }).RootElement, requestSchema) is { } bad ? $"the request does not fit its schema: {bad}"
                        : call.IsError ? null : host.Validator.Check(answer, schema), call.IsError ? null : WireAnswer.Compare(method, expected, answer.GetProperty("output"), golden.Expectation));
                }
                else
                {
                    tally.NoteFailure(golden, call, method, form, status, answer);
                }
            }

            // As the command line reads and writes files and pipes: the value alone, or as in a request.
            async Task ScoreAsync(string body)
            {
                using MemoryStream answer = new();
                try
                {
                    await BulkScoring.RunAsync(method, new MemoryStream(Encoding.UTF8.GetBytes(body)), answer, cancellationToken: TestContext.Current.CancellationToken);
                    tally.Note(golden, call, method, "file", null, call.IsError ? null : WireAnswer.Compare(method, expected, JsonDocument.Parse(answer.ToArray(), new() { MaxDepth = 512 }).RootElement, golden.Expectation));
                }
                catch (FlamaException exception)
                {
                    tally.NoteFailure(golden, call, method, "file", exception.Code.HttpStatus, JsonSerializer.SerializeToElement(new Dictionary<string, string> { ["detail"] = exception.Message }));
                }
            }

            async Task PostBytesAsync(string? shapes, string? types)
            {
                var (status, bytes, headers) = await host.PostBytesAsync(url, WireRequest.Bytes(inputs), shapes, types);
                if (status != 200)
                {
                    tally.NoteFailure(golden, call, method, "bytes", status, JsonDocument.Parse(bytes).RootElement);
                }
                else if (expected.All(one => one is ModelTensor { Type: not ElementType.String }) && !call.IsError)
                {
                    tally.Note(golden, call, method, "bytes", headers["Content-Type"] == "application/octet-stream" ? null : Encoding.UTF8.GetString(bytes),
                        WireAnswer.Compare(method, expected, bytes, headers, golden.Expectation));
                }
                else
                {
                    // Answers with text or lists among them are JSON in any case.
                    tally.Note(golden, call, method, "bytes", headers["Content-Type"] == "application/json" ? null : headers["Content-Type"],
                        call.IsError ? null : WireAnswer.Compare(method, expected, JsonDocument.Parse(bytes).RootElement.GetProperty("output"), golden.Expectation));
                }
            }
        }
    }

    private static JsonElement SchemaOf(JsonElement body) => body.GetProperty("content").GetProperty("application/json").GetProperty("schema");
}
