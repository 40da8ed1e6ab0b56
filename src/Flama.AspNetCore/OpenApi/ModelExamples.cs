using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flama.Hosting;
using Flama.Hosting.Examples;
using Flama.Json;
using Microsoft.Extensions.Logging;

namespace Flama.AspNetCore.OpenApi;

/// <summary>Finds an example for each method by trying it, so that what the document shows works when pasted. Thread-safe.</summary>
internal sealed class ModelExamples(ILogger<ModelExamples> logger)
{
    // An example of a megapixel is of no use, and trying it takes long.
    private const long MaxElements = 4096;

    // A model that was replaced takes its examples with it.
    private readonly ConditionalWeakTable<LoadedModel, ConcurrentDictionary<string, ModelExample?>> examples = [];

    /// <summary>The example of a method; null when no request was found that it takes.</summary>
    public ModelExample? Of(LoadedModel resource, ModelMethod method) =>
        examples.GetOrCreateValue(resource).GetOrAdd(method.Name, _ => Make(resource, method));

    private ModelExample? Make(LoadedModel resource, ModelMethod method)
    {
        if (ExampleRequests.SizeOf(method.Input) <= MaxElements)
        {
            foreach (var (request, objects) in ExampleRequests.For(method.Input))
            {
                if (TryAnswer(resource, method, request) is { } answer)
                {
                    return new(request, objects is not null && TryAnswer(resource, method, objects) is not null ? objects : null, answer);
                }
            }
        }

        Log.NoExample(logger, resource.Metadata.ModelClass, method.Name);
        return null;
    }

    [SuppressMessage("Design", "CA1031", Justification = "A method that cannot take the example has none; the document must not fail for it.")]
    private static JsonObject? TryAnswer(LoadedModel resource, ModelMethod method, JsonObject request)
    {
        try
        {
            using var input = resource.ReaderOf(method).ReadRequest(Encoding.UTF8.GetBytes(request.ToJsonString()));
            using var output = method.Invoke(input);
            return new() { ["output"] = ToNode(output) };
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static JsonNode? ToNode(ModelOutput output)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, JsonOutput.Compact))
        {
            OutputWriter.Write(writer, output);
        }

        return ExampleNumbers.Keep(JsonNode.Parse(buffer.WrittenSpan));
    }
}
