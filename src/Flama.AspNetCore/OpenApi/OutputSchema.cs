using Microsoft.OpenApi;

namespace Flama.AspNetCore.OpenApi;

/// <summary>The schema of an answer, as far as the method tells before it has seen an input.</summary>
internal static class OutputSchema
{
    /// <summary>The answer of a method: an object with the value in <c>output</c>.</summary>
    /// <param name="method">The method.</param>
    /// <param name="title">The title of the schema.</param>
    public static OpenApiSchema Of(ModelMethod method, string? title)
    {
        var output = Value(method);
        output.Title = "output";
        return new()
        {
            Title = title,
            Type = JsonSchemaType.Object,
            Required = new HashSet<string>(StringComparer.Ordinal) { "output" },
            Properties = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal) { ["output"] = output },
        };
    }

    /// <summary>What a method answers: one array, a list of arrays or arrays by name.</summary>
    public static OpenApiSchema Value(ModelMethod method)
    {
        switch (method.OutputForm)
        {
            case OutputForm.Single:
                return Described(Array(method.Outputs[0]), method.Input is TableSpec ? "The answers, one per row." : "The answer.");
            case OutputForm.List:
                return Described(List([.. method.Outputs.Select(Array)], method.Outputs), "The answers, one list per output.");
            default:
                return new()
                {
                    Description = "The answers by name.",
                    Type = JsonSchemaType.Object,
                    Required = method.Outputs.Select(output => output.Name).ToHashSet(StringComparer.Ordinal),
                    Properties = method.Outputs.ToDictionary(output => output.Name, output => (IOpenApiSchema)Array(output), StringComparer.Ordinal),
                };
        }
    }

    /// <summary>The label of each column, as <c>classes</c> gives them: one list, or one list per output.</summary>
    public static OpenApiSchema Classes(IReadOnlyList<LabelSet> classes) => classes.Count == 1
        ? Labels(classes[0])
        : ArraySchema.Tuple(classes.Select(Labels), ArraySchema.Of(Any(classes)));

    private static OpenApiSchema Labels(LabelSet labels) => ArraySchema.Of(LabelSchema.Of(labels.Labels), labels.Count);

    // Arrays of one shape share a schema; others have one by position.
    private static OpenApiSchema List(OpenApiSchema[] arrays, IReadOnlyList<OutputSpec> outputs)
    {
        var texts = arrays.Select(array => SchemaJson.Of(array).ToJsonString()).ToArray();
        if (texts.All(text => string.Equals(text, texts[0], StringComparison.Ordinal)))
        {
            return ArraySchema.Of(arrays[0], arrays.Length);
        }

        var rank = outputs[0].Shape?.Count;
        OpenApiSchema any = rank is { } known && outputs.All(output => output.Shape?.Count == known)
            ? ArraySchema.Nested([.. Enumerable.Repeat(Dimension.Any, known)], () => Merge(outputs.Select(Element)))
            : new();
        return ArraySchema.Tuple(arrays, any);
    }

    private static OpenApiSchema Array(OutputSpec output)
    {
        if (output is { IsAloneForOne: true, Shape: { Count: > 0 } shape })
        {
            var all = output with { IsAloneForOne = false };
            return new() { AnyOf = [Array(all with { Shape = [.. shape.Skip(1)] }), Array(all)] };
        }

        // Labels differ by column: the last dimension has a schema per position.
        if (output is { Labels.Count: > 1, Shape: [.., { Length: { } width }] } && width == output.Labels.Count)
        {
            var row = ArraySchema.Tuple(output.Labels.Select(labels => LabelSchema.Of(labels.Labels)), Any(output.Labels));
            return ArraySchema.Nested([.. output.Shape.SkipLast(1)], () => row);
        }

        var array = TensorSchema.Array(output.Structure, output.Shape, () => Element(output));
        return output.IsOptional ? new() { AnyOf = [array, new OpenApiSchema { Type = JsonSchemaType.Null }] } : array;
    }

    private static OpenApiSchema Element(OutputSpec output) => output.Labels.Count switch
    {
        0 => TensorSchema.Element(output.Type, isAnswer: true),
        1 => LabelSchema.Of(output.Labels[0].Labels),
        _ => Any(output.Labels),
    };

    private static OpenApiSchema Any(IReadOnlyList<LabelSet> sets) => Merge(sets.Select(labels => LabelSchema.Of(labels.Labels)));

    // See CellSchema.Union.
    private static OpenApiSchema Merge(IEnumerable<OpenApiSchema> schemas)
    {
        JsonSchemaType types = default;
        foreach (var schema in schemas)
        {
            types |= schema.Type ?? default;
        }

        var hasText = types.HasFlag(JsonSchemaType.String) && (types & ~(JsonSchemaType.String | JsonSchemaType.Null)) != default;
        return types == default || hasText ? new() : new() { Type = types };
    }

    private static OpenApiSchema Described(OpenApiSchema schema, string description)
    {
        schema.Description = description;
        return schema;
    }
}
