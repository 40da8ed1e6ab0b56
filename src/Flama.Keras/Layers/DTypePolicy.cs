using System.Text.Json;

namespace Flama.Keras.Layers;

/// <summary>The type that a layer was made with: a name, or a policy that has one.</summary>
internal static class DTypePolicy
{
    /// <summary>The name of the type or the policy.</summary>
    /// <exception cref="FlamaException">Weights are quantized, or the policy is not known: its answers would be others.</exception>
    public static string NameOf(LayerConfig config)
    {
        var name = config.Find("dtype") switch
        {
            null => "float32",
            { ValueKind: JsonValueKind.String } text => text.GetString()!,
            { ValueKind: JsonValueKind.Object } policy => NameOf(config, policy),
            _ => throw config.Missing("dtype"),
        };

        // Policies of Keras 3.3 and names of newer ones: int8_from_float32, float8_from_mixed_bfloat16.
        return name.Contains("_from_", StringComparison.Ordinal) ? throw KerasErrors.Unsupported(config.Name, $"has quantized weights ({name})") : name;
    }

    private static string NameOf(LayerConfig config, JsonElement policy)
    {
        var className = JsonConstants.Text(policy, "class_name") ?? "";
        if (className is not ("DTypePolicy" or "FloatDTypePolicy" or "Policy" or "PolicyV1"))
        {
            // QuantizedDTypePolicy, QuantizedFloat8DTypePolicy, Int4DTypePolicy, GPTQDTypePolicy, AWQDTypePolicy, …
            throw className.EndsWith("DTypePolicy", StringComparison.Ordinal)
                ? KerasErrors.Unsupported(config.Name, $"has quantized weights ({className})")
                : KerasErrors.Unsupported(config.Name, $"has the policy of types '{className}'");
        }

        return JsonConstants.Member(policy, "config") is { } values && JsonConstants.Text(values, "name") is { } name ? name : throw config.Missing("dtype");
    }
}
