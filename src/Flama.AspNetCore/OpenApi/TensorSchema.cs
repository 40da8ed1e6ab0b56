using Microsoft.OpenApi;

namespace Flama.AspNetCore.OpenApi;

/// <summary>The schema of tensors that a method takes, as nested lists.</summary>
internal static class TensorSchema
{
    /// <summary>Nested lists for one tensor, an object of them by name for several.</summary>
    public static OpenApiSchema Of(TensorsSpec spec)
    {
        if (spec.Tensors.Count == 1)
        {
            return Of(spec.Tensors[0]);
        }

        return new()
        {
            Type = JsonSchemaType.Object,
            Description = "The tensors by name, each as nested lists.",
            Required = spec.Tensors.Where(tensor => !tensor.IsOptional).Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal),
            Properties = spec.Tensors.ToDictionary(tensor => tensor.Name, tensor => (IOpenApiSchema)Of(tensor), StringComparer.Ordinal),
            AdditionalPropertiesAllowed = false,
        };
    }

    /// <summary>One element of a tensor in JSON.</summary>
    /// <param name="type">The element type.</param>
    /// <param name="isAnswer">Whether the element is written, not read: a float may then be null.</param>
    public static OpenApiSchema Element(ElementType type, bool isAnswer) => type switch
    {
        ElementType.Boolean => new() { Type = JsonSchemaType.Boolean },
        ElementType.String => new() { Type = JsonSchemaType.String },
        ElementType.Mixed => CellSchema.Anything,
        ElementType.Float64 => Number(isAnswer, "double"),
        ElementType.Float32 => Number(isAnswer, isAnswer ? "double" : "float"),
        ElementType.Float16 or ElementType.BFloat16 => Number(isAnswer, null),
        ElementType.Int64 or ElementType.UInt32 => Integer("int64", type == ElementType.UInt32 ? "0" : null, type == ElementType.UInt32 ? "4294967295" : null),
        ElementType.UInt64 => Integer(null, "0", "18446744073709551615"),
        ElementType.Int32 => Integer("int32", null, null),
        ElementType.Int16 => Integer("int32", "-32768", "32767"),
        ElementType.UInt16 => Integer("int32", "0", "65535"),
        ElementType.Int8 => Integer("int32", "-128", "127"),
        _ => Integer("int32", "0", "255"),
    };

    /// <summary>An array of a method in JSON: a tensor as nested lists, a list of them, an object of values by key.</summary>
    /// <param name="structure">What the array is made of.</param>
    /// <param name="shape">The dimensions of each tensor; null when their number is not known.</param>
    /// <param name="element">Makes the schema of an element.</param>
    public static OpenApiSchema Array(ArrayStructure structure, IReadOnlyList<Dimension>? shape, Func<OpenApiSchema> element) => structure switch
    {
        ArrayStructure.Sequence => ArraySchema.Of(ArraySchema.Nested(shape, element)),
        ArrayStructure.Map => Map(element()),
        ArrayStructure.Maps => ArraySchema.Of(Map(element())),
        _ => ArraySchema.Nested(shape, element),
    };

    private static OpenApiSchema Map(OpenApiSchema values) => new() { Type = JsonSchemaType.Object, AdditionalProperties = values };

    private static OpenApiSchema Of(TensorSpec tensor)
    {
        if (tensor.Content != InputContent.Elements)
        {
            return ContentSchema.Of(tensor);
        }

        var nested = Array(tensor.Structure, tensor.Shape, () => tensor.IsTypeOpen ? Open() : Element(tensor.Type, isAnswer: false));
        OpenApiSchema schema = tensor.IsOptional ? new() { AnyOf = [nested, new OpenApiSchema { Type = JsonSchemaType.Null }] } : nested;
        schema.Description = $"{tensor}{(tensor.Structure == ArrayStructure.Tensor ? ", as nested lists" : "")}.";
        return schema;
    }

    private static OpenApiSchema Open() => new() { Type = JsonSchemaType.Number | JsonSchemaType.Boolean };

    private static OpenApiSchema Number(bool isAnswer, string? format) => isAnswer
        ? new() { Type = JsonSchemaType.Number | JsonSchemaType.Null, Format = format, Description = "Null where the result is not a finite number." }
        : new() { Type = JsonSchemaType.Number, Format = format };

    private static OpenApiSchema Integer(string? format, string? minimum, string? maximum) =>
        new() { Type = JsonSchemaType.Integer, Format = format, Minimum = minimum, Maximum = maximum };
}
