using System.Text.Json;

namespace Flama.Packaging.Mlflow;

/// <summary>The columns of an MLflow model's signature. Immutable.</summary>
/// <param name="Names">Their names; null where a column has none, as those of a tensor.</param>
/// <param name="Types">What they hold.</param>
internal sealed record MlflowSignature(IReadOnlyList<string>? Names, IReadOnlyList<CellTypes> Types)
{
    /// <summary>Reads it; null where the model has none, or one of tensors.</summary>
    public static MlflowSignature? Read(IReadOnlyDictionary<string, object> manifest)
    {
        if (manifest.GetValueOrDefault("signature") is not IReadOnlyDictionary<string, object> signature || signature.GetValueOrDefault("inputs") is not string inputs)
        {
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(inputs);
            List<string> names = [];
            List<CellTypes> types = [];
            foreach (var column in document.RootElement.EnumerateArray())
            {
                var type = column.TryGetProperty("type", out var told) && told.ValueKind == JsonValueKind.String ? told.GetString() : null;
                if (type == "tensor")
                {
                    return null;
                }

                types.Add(TypesOf(type));
                if (column.TryGetProperty("name", out var name) && name.GetString() is { Length: > 0 } text)
                {
                    names.Add(text);
                }
            }

            return types.Count == 0 ? null : new(names.Count == types.Count ? names : null, types);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static CellTypes TypesOf(string? type) => type switch
    {
        "string" => CellTypes.Text,
        "boolean" => CellTypes.Boolean,
        "integer" or "long" or "float" or "double" => CellTypes.Number,
        _ => CellTypes.Unknown,
    };
}
