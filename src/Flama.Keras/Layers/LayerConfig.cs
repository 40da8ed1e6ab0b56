using System.Text.Json;
using Flama.Keras.Files;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Layers;

/// <summary>What a file tells of a layer. Immutable.</summary>
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
    public OnnxElementType ComputeType => Policy == "float64" ? OnnxElementType.Float64 : OnnxElementType.Float32;

    /// <summary>The type that its outputs have in Keras, where that is not the one it is computed in.</summary>
    public OnnxElementType? DeclaredType => Policy switch
    {
        "float16" or "mixed_float16" => OnnxElementType.Float16,
        "bfloat16" or "mixed_bfloat16" => OnnxElementType.BFloat16,
        _ => null,
    };

    /// <summary>Whether inputs of whole numbers are computed as floating-point ones.</summary>
    public bool CastsIntegers { get; init; } = true;

    private string Policy => Find("dtype") switch
    {
        { ValueKind: JsonValueKind.String } name => name.GetString()!,
        { ValueKind: JsonValueKind.Object } policy when policy.TryGetProperty("config", out var config) && config.TryGetProperty("name", out var name) => name.GetString() ?? "",
        _ => "float32",
    };

    /// <summary>A member; null when it is missing or null.</summary>
    public JsonElement? Find(string name) =>
        Values.ValueKind == JsonValueKind.Object && Values.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    public bool Has(string name) => Find(name) is not null;

    public bool Flag(string name, bool otherwise = false) => Find(name) switch
    {
        { ValueKind: JsonValueKind.True } => true,
        { ValueKind: JsonValueKind.False } => false,
        _ => otherwise,
    };

    public string? Text(string name) => Find(name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;

    public long Integer(string name, long? otherwise = null) =>
        Find(name) is { ValueKind: JsonValueKind.Number } value && value.TryGetDouble(out var number) && Math.Abs(number) < 1e15 ? (long)number : otherwise ?? throw Missing(name);

    public double Number(string name, double? otherwise = null) =>
        Find(name) is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : otherwise ?? throw Missing(name);

    /// <summary>A list of whole numbers; a single one is a list of one. Null when it is missing.</summary>
    public long[]? Integers(string name) => Find(name) switch
    {
        { ValueKind: JsonValueKind.Number } one => [(long)one.GetDouble()],
        { ValueKind: JsonValueKind.Array } many when many.EnumerateArray().All(value => value.ValueKind is JsonValueKind.Number or JsonValueKind.Null) =>
            [.. many.EnumerateArray().Select(value => value.ValueKind == JsonValueKind.Null ? -1 : (long)value.GetDouble())],
        _ => null,
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
    public double[]? Numbers(string name) => Find(name) is { } value ? [.. Flatten(value)] : null;

    /// <summary>Texts or numbers as text.</summary>
    public string[]? Texts(string name) => Find(name) is { ValueKind: JsonValueKind.Array } value
        ? [.. value.EnumerateArray().Select(item => item.ValueKind == JsonValueKind.String ? item.GetString()! : item.GetRawText())]
        : null;

    /// <summary>The failure of a member that is missing or not what it should be.</summary>
    public FlamaException Missing(string name) => KerasErrors.Invalid($"layer '{Name}' ({ClassName}) has no sensible '{name}'");

    private static IEnumerable<double> Flatten(JsonElement value)
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
            else if (next.ValueKind == JsonValueKind.Number)
            {
                yield return next.GetDouble();
            }
        }
    }
}
