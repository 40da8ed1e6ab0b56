using Microsoft.OpenApi;

namespace Flama.AspNetCore.OpenApi;

/// <summary>Tensors as plain bytes in a request.</summary>
internal static class TensorOperation
{
    private const string Bytes = "application/octet-stream";

    /// <summary>Adds the form to an operation whose tensors can have it.</summary>
    public static void AddBytes(OpenApiOperation operation, ModelMethod method)
    {
        if (ContentInputs.Of(method.Input) is var content and not InputContent.Elements)
        {
            ContentSchema.AddBodies(operation, content);
            return;
        }

        if (method.Input is not TensorsSpec { Tensors.Count: > 0 } spec
            || !spec.Tensors.All(tensor => tensor.Structure == ArrayStructure.Tensor && ElementTypes.SizeOf(tensor.Type) > 0))
        {
            return;
        }

        operation.Description += " In place of nested lists a tensor may be its bytes in base64: {\"b64\": \"…\", \"shape\": [2, 3]}.";
        operation.RequestBody!.Content![Bytes] = new OpenApiMediaType
        {
            Schema = new OpenApiSchema
            {
                Type = JsonSchemaType.String,
                Format = "binary",
                Description = "The tensors one after the other: little-endian, row-major. With Accept: application/octet-stream the answer has this form too.",
            },
        };
        operation.Parameters =
        [
            .. operation.Parameters ?? [],
            new OpenApiParameter
            {
                Name = "X-Tensor-Shape",
                In = ParameterLocation.Header,
                Description = "The shape of a tensor in bytes: 2,3. For several, in the order of their bytes: ids=2,128; mask=2,128.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            },
            new OpenApiParameter
            {
                Name = "X-Tensor-Type",
                In = ParameterLocation.Header,
                Description = "The types of tensors in bytes: float32, or ids=int64; mask=bool. Needed where the model leaves a type open and it is not the likeliest.",
                Schema = new OpenApiSchema { Type = JsonSchemaType.String },
            },
        ];
    }
}
