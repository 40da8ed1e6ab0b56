using System.Text.Json;
using Flama.Keras.Files;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Layers;

/// <summary>What a file tells of a layer. A member that is there and is not what it should be is a failure, never the default. Immutable.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="ClassName">Its class.</param>
/// <param name="Values">What it was made with.</param>
/// <param name="File">The file.</param>
internal sealed record LayerConfig(string Name, string ClassName, JsonElement Values, KerasFile File)
{
    /// <summary>The shapes that it was built for, where the file tells.</summary>
    public JsonElement Build { get; init; }

    /// <summary>How deep it stands in models of models and wrappers.</summary>
    public int Depth { get; init; }

    /// <summary>Where it is among the assets of the file.</summary>
    public string Place { get; set; } = "";

    /// <summary>Whether the file is of Keras 3.</summary>
    public bool IsThird => File.Generation >= 3;

    /// <summary>The type that the layer computes in; float16 and bfloat16 are computed in float32.</summary>
    public OnnxElementType ComputeType => TypeName == "float64" ? OnnxElementType.Float64 : OnnxElementType.Float32;

    /// <summary>The type that its outputs have in Keras, where that is not the one it is computed in.</summary>
    public OnnxElementType? DeclaredType => TypeName switch
    {
        "float16" or "mixed_float16" => OnnxElementType.Float16,
        "bfloat16" or "mixed_bfloat16" => OnnxElementType.BFloat16,
        _ => null,
    };

    /// <summary>Whether inputs of whole numbers are computed as floating-point ones.</summary>
    public bool CastsIntegers { get; init; } = true;

    /// <summary>The type or the policy of types that it was made with, by name; <c>float32</c> where none is told.</summary>
    /// <exception cref="FlamaException">It is a policy of quantized weights, or one that is not known.</exception>
    public string TypeName => DTypePolicy.NameOf(this);

    /// <summary>A member; null when it is missing or null. Arrays of numpy and constant tensors are what they hold.</summary>
    public JsonElement? Find(string name) =>
        Values.ValueKind == JsonValueKind.Object && Values.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? JsonConstants.Unwrap(value) : null;

    public bool Has(string name) => Find(name) is not null;

    public bool Flag(string name, bool otherwise = false) => Find(name) switch
    {
        null => otherwise,
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        { ValueKind: JsonValueKind.Number } number when JsonConstants.Integer(number) is { } whole => whole != 0,
        _ => throw Missing(name),
    };

    /// <summary>A text; null when it is missing.</summary>
    public string? Text(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.String } value => value.GetString(),
        _ => throw Missing(name),
    };

    public long Integer(string name, long? otherwise = null) => Find(name) is { } value ? JsonConstants.Integer(value) ?? throw Missing(name) : otherwise ?? throw Missing(name);

    public double Number(string name, double? otherwise = null) => Find(name) is { } value ? JsonConstants.Number(value) ?? throw Missing(name) : otherwise ?? throw Missing(name);

    /// <summary>A list of whole numbers, -1 for null; a single one is a list of one. Null when it is missing.</summary>
    public long[]? Integers(string name) => Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Array } many => [.. many.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? -1 : JsonConstants.Integer(value) ?? throw Missing(name))],
        { } one => [JsonConstants.Integer(one) ?? throw Missing(name)],
    };

    /// <summary>As many whole numbers as the rank says; a single one stands for all.</summary>
    public long[] Each(string name, int rank, long otherwise) => Integers(name) switch
    {
        null => [.. Enumerable.Repeat(otherwise, rank)],
        [var one] => [.. Enumerable.Repeat(one, rank)],
        { } many when many.Length == rank => many,
        _ => throw Missing(name),
    };

    /// <summary>Numbers, nested in any way.</summary>
    public double[]? Numbers(string name) => Find(name) is { } value ? [.. Flatten(value, name)] : null;

    /// <summary>Texts or numbers as text.</summary>
    public string[]? Texts(string name) => Find(name) is { } value
        ? [.. (value.ValueKind == JsonValueKind.Array ? value : throw Missing(name)).EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText())]
        : null;

    /// <summary>The failure of a member that is missing or not what it should be.</summary>
    public FlamaException Missing(string name) => KerasErrors.Invalid($"layer '{Name}' ({ClassName}) has no sensible '{name}'");

    private IEnumerable<double> Flatten(JsonElement value, string name)
    {
        Stack<JsonElement> left = new([value]);
        while (left.TryPop(out var next))
        {
            if (next.ValueKind == JsonValueKind.Array)
            {
                foreach (var item in next.EnumerateArray().Reverse())
                {
                    left.Push(item);
                }
            }
            else
            {
                yield return JsonConstants.Number(next) ?? throw Missing(name);
            }
        }
    }
}
