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
        if (depth > 8 || JsonConstants.Text(spec, "class_name") is not { } className || JsonConstants.Member(spec, "config") is not { } values)
        {
            throw owner.Missing("cell");
        }

        LayerConfig config = new(JsonConstants.Text(values, "name") ?? className, className, values, owner.File) { Depth = owner.Depth + depth };
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
