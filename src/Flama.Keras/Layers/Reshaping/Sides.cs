using System.Text.Json;

namespace Flama.Keras.Layers.Reshaping;

/// <summary>How many places before and after each dimension: one number, one a dimension, or a pair a dimension.</summary>
internal static class Sides
{
    /// <summary>Reads the member.</summary>
    public static (long Before, long After)[] Read(LayerConfig config, string name, int rank)
    {
        if (config.Find(name) is not { } value)
        {
            throw config.Missing(name);
        }

        if (value.ValueKind == JsonValueKind.Number)
        {
            var all = Count(value);
            return [.. Enumerable.Repeat((all, all), rank)];
        }

        if (value.ValueKind != JsonValueKind.Array)
        {
            throw config.Missing(name);
        }

        var items = value.EnumerateArray().ToList();
        if (rank == 1 && items.Count == 2 && items[0].ValueKind == JsonValueKind.Number)
        {
            return [(Count(items[0]), Count(items[1]))];
        }

        if (items.Count != rank)
        {
            throw config.Missing(name);
        }

        return [.. items.Select(item => item.ValueKind == JsonValueKind.Array && item.GetArrayLength() == 2 ? (Count(item[0]), Count(item[1])) : (Count(item), Count(item)))];

        long Count(JsonElement number) => number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out var count) && count is >= 0 and <= int.MaxValue ? count : throw config.Missing(name);
    }
}
