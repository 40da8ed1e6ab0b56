using System.Text.Json;
using Flama.Keras.Files;
using Flama.Keras.Models;

namespace Flama.Keras.Layers;

/// <summary>Makes layers from what a file tells of them. What is not Keras's own is refused by its name.</summary>
internal static class LayerFactory
{
    private const int MaxDepth = 24;

    /// <summary>Makes a layer that stands in the member of another one.</summary>
    public static Layer Inside(LayerConfig owner, string member) =>
        Create(owner.Find(member) ?? throw owner.Missing(member), owner.File, owner.Depth + 1);

    /// <summary>Makes a layer.</summary>
    /// <param name="spec">The object with <c>class_name</c> and <c>config</c>.</param>
    /// <param name="file">The file.</param>
    /// <param name="depth">How deep it stands.</param>
    public static Layer Create(JsonElement spec, KerasFile file, int depth)
    {
        if (depth > MaxDepth)
        {
            throw KerasErrors.TooLarge($"layers stand more than {MaxDepth} deep in one another");
        }

        var className = spec.ValueKind == JsonValueKind.Object && spec.TryGetProperty("class_name", out var found) && found.ValueKind == JsonValueKind.String
            ? found.GetString()!
            : throw KerasErrors.Invalid("a layer has no class");
        var values = spec.TryGetProperty("config", out var config) ? config : default;
        var name = NameOf(spec, values) ?? className;
        var module = spec.TryGetProperty("module", out var where) ? where : default;
        var registered = spec.TryGetProperty("registered_name", out var custom) && custom.ValueKind == JsonValueKind.String ? custom.GetString()! : className;
        LayerConfig layer = new(name, className, values, file) { Depth = depth, Build = spec.TryGetProperty("build_config", out var build) ? build : default };
        if (className is "Lambda")
        {
            throw KerasErrors.Custom(name, "a Lambda layer");
        }

        if (registered.Contains('>', StringComparison.Ordinal) || className.Contains('>', StringComparison.Ordinal))
        {
            throw KerasErrors.Custom(name, $"of the custom class '{(registered.Contains('>', StringComparison.Ordinal) ? registered : className)}'");
        }

        // Keras 3 writes the module; of Keras 2 only its zip files do.
        if (module.ValueKind == JsonValueKind.String && !IsOfKeras(module.GetString()!))
        {
            throw KerasErrors.Custom(name, $"of the custom class '{module.GetString()}.{className}'");
        }

        if (className is "Functional" or "Model" or "Sequential" && (values.ValueKind != JsonValueKind.Object || !values.TryGetProperty("layers", out _)))
        {
            throw KerasErrors.Custom(name, $"of the custom class '{className}', without layers in the file");
        }

        if (module.ValueKind == JsonValueKind.String && module.GetString()!.Contains(".ops", StringComparison.Ordinal))
        {
            return new Operation(layer);
        }

        return className switch
        {
            "Functional" or "Model" => new FunctionalModel(layer),
            "Sequential" => new SequentialModel(layer),
            _ => LayerCatalog.Find(className) is { } make ? make(layer)
                : KerasFile.IsBuiltIn(className) ? throw KerasErrors.Unsupported(name, $"is of the class {className}")
                : throw KerasErrors.Custom(name, $"of the class '{className}', which is not one of Keras's that are known here"),
        };
    }

    /// <summary>Whether a module is one of Keras's own.</summary>
    public static bool IsOfKeras(string module) =>
        module.Split('.')[0] is "keras" or "tf_keras" || module.StartsWith("tensorflow.keras", StringComparison.Ordinal) || module.StartsWith("tensorflow.python.keras", StringComparison.Ordinal);

    private static string? NameOf(JsonElement spec, JsonElement values) =>
        spec.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String ? name.GetString()
        : values.ValueKind == JsonValueKind.Object && values.TryGetProperty("name", out name) && name.ValueKind == JsonValueKind.String ? name.GetString() : null;
}
