using System.Text.Json;

namespace Flama.Keras.Layers.Recurrent;

/// <summary>Makes the cells of an RNN layer.</summary>
internal static class CellFactory
{
    /// <summary>Makes the cell that stands in a member of a layer.</summary>
    public static Cell Inside(LayerConfig owner, string member) => Create(owner, owner.Find(member) ?? throw owner.Missing(member), 1);

    /// <summary>Makes a cell.</summary>
    public static Cell Create(LayerConfig owner, JsonElement spec, int depth)
    {
        if (depth > 8 || spec.ValueKind != JsonValueKind.Object || !spec.TryGetProperty("class_name", out var found) || found.GetString() is not { } className || !spec.TryGetProperty("config", out var values))
        {
            throw owner.Missing("cell");
        }

        LayerConfig config = new(values.ValueKind == JsonValueKind.Object && values.TryGetProperty("name", out var name) ? name.GetString() ?? className : className, className, values, owner.File) { Depth = owner.Depth + depth };
        return className switch
        {
            "LSTMCell" => new LstmCell(config),
            "GRUCell" => new GruCell(config),
            "SimpleRNNCell" => new SimpleCell(config),
            "StackedRNNCells" => new StackedCells(config, depth),
            _ => throw KerasErrors.Custom(owner.Name, $"with the cell '{className}'"),
        };
    }
}
