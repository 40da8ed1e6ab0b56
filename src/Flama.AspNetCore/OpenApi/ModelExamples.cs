using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flama.AspNetCore.Models;
using Flama.Json;
using Microsoft.Extensions.Logging;

namespace Flama.AspNetCore.OpenApi;

/// <summary>Finds an example row for each model by trying it, so that what the document shows works when pasted. Thread-safe.</summary>
internal sealed class ModelExamples(ILogger<ModelExamples> logger)
{
    private const string SampleText = "An example text";

    // A model that was replaced takes its example with it.
    private readonly ConditionalWeakTable<ModelResource, StrongBox<ModelExample?>> examples = [];

    /// <summary>The example of a model; null when no row was found that the model takes.</summary>
    public ModelExample? Of(ModelResource resource) => examples.GetValue(resource, made => new(Make(made))).Value;

    private ModelExample? Make(ModelResource resource)
    {
        if ((resource.Model.FindMethod(ModelMethod.Predict) ?? resource.Model.Methods.FirstOrDefault())?.Input is not TableSpec spec)
        {
            return null;
        }


        // What a feature without categories takes as text is unknown: some models want words, some numbers.
        foreach (var unknown in new JsonNode?[] { JsonValue.Create("a"), JsonValue.Create(0), null })
        {
            var cells = spec.Features.Select(feature => Cell(feature, unknown)).ToArray();
            if (Row(spec, cells) is { } row && TryAnswer(resource, Request(row)) is { } answers)
            {
                return new(Request(row), spec is { HasNames: true, RowForm: RowForm.Cells } ? Request(Named(spec, cells)) : null, answers);
            }
        }

        Log.NoExample(logger, resource.Name);
        return null;
    }

    private static JsonObject Request(JsonNode row) => new() { ["input"] = new JsonArray(row.DeepClone()) };

    private static JsonNode? Row(TableSpec spec, JsonNode?[] cells) => spec.RowForm switch
    {
        RowForm.Document => JsonValue.Create(spec.Features.Count > 0 && spec.Features[0].Example is { Text: { } text } ? text : SampleText),
        RowForm.Record => spec.HasNames ? Named(spec, cells) : new JsonObject { ["name"] = 1 },
        _ when !spec.HasKnownFeatures => null,
        _ => new JsonArray([.. cells.Select(cell => cell?.DeepClone())]),
    };

    private static JsonObject Named(TableSpec spec, JsonNode?[] cells)
    {
        var row = new JsonObject();
        for (var i = 0; i < cells.Length; i++)
        {
            row[spec.Features[i].Name!] = cells[i]?.DeepClone();
        }

        return row;
    }

    private static JsonNode? Cell(Feature feature, JsonNode? unknown)
    {
        if (feature.Example is { } example)
        {
            return CellSchema.ToNode(example);
        }

        if (feature.Categories.Count > 0)
        {
            return CellSchema.ToNode(feature.Categories[0]);
        }

        return feature.Kind switch
        {
            FeatureKind.Number => JsonValue.Create(0),
            FeatureKind.Text => JsonValue.Create(SampleText),
            _ => unknown,
        };
    }

    [SuppressMessage("Design", "CA1031", Justification = "A model that cannot take the example has none; the document must not fail for it.")]
    private static Dictionary<string, JsonNode>? TryAnswer(ModelResource resource, JsonObject request)
    {
        try
        {
                        var answers = new Dictionary<string, JsonNode>(StringComparer.Ordinal);
            foreach (var method in resource.Model.Methods)
            {
                using var input = resource.ReaderOf(method).ReadRequest(Encoding.UTF8.GetBytes(request.ToJsonString()));
                using var output = method.Invoke(input);
                answers[method.Name] = new JsonObject { ["output"] = ToNode(output) };
            }

            return answers;
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

        return JsonNode.Parse(buffer.WrittenSpan);
    }
}
