using System.Text.Json;
using Flama.Keras.Graphs;

namespace Flama.Keras.Layers.Activations;

/// <summary>The activation of a layer: a function by its name, or a layer in its place.</summary>
internal sealed class Activation
{
    private readonly Func<Lowering, Value, Value> apply;

    private Activation(Func<Lowering, Value, Value> apply, Layer? layer = null)
    {
        this.apply = apply;
        Layer = layer;
    }

    /// <summary>The layer in the place of a function, whose variables are in the file; null for a function.</summary>
    public Layer? Layer { get; }

    /// <summary>Reads a member of a layer; one that is missing is none.</summary>
    public static Activation Of(LayerConfig config, string member = "activation", string otherwise = "linear")
    {
        if (config.Find(member) is not { } value)
        {
            return ByName(config, config.Values.ValueKind == JsonValueKind.Object && config.Values.TryGetProperty(member, out _) ? "linear" : otherwise);
        }

        if (value.ValueKind == JsonValueKind.String)
        {
            return ByName(config, value.GetString()!);
        }

        if (value.ValueKind != JsonValueKind.Object)
        {
            throw config.Missing(member);
        }

        // A function as an object names itself in its config; a layer is a whole one.
        if (value.TryGetProperty("config", out var inner) && inner.ValueKind == JsonValueKind.String)
        {
            return ByName(config, value.TryGetProperty("registered_name", out var registered) && registered.ValueKind == JsonValueKind.String && registered.GetString()!.Contains('>', StringComparison.Ordinal)
                ? registered.GetString()! : inner.GetString()!);
        }

        // Not a function of the same name: a layer has parameters.
        var layer = LayerFactory.Create(value, config.File, config.Depth + 1);
        return new((g, x) => layer.Call(g, LayerCall.Of(x)) as Value ?? throw config.Missing(member), layer);
    }

    /// <summary>Writes it.</summary>
    public Value Apply(Lowering g, Value x) => apply(g, x);

    private static Activation ByName(LayerConfig config, string name)
    {
        var known = name.Split('.')[^1];
        return ActivationFunctions.Find(known, config.IsThird) is { } function ? new(function) : throw KerasErrors.Custom(config.Name, $"with the activation '{name}', which is not one of Keras's");
    }
}
