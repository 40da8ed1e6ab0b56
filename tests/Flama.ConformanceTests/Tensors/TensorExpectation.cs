using System.Text.Json;

namespace Flama.ConformanceTests.Tensors;

/// <summary>Compares arrays with those of a golden.</summary>
/// <param name="relative">Relative tolerance.</param>
/// <param name="absolute">Absolute tolerance, scaled by the largest finite expected number of the array when that is above 1.</param>
internal sealed class TensorExpectation(double relative, double absolute)
{
    /// <summary>What differs; null when nothing does.</summary>
    public string? Compare(JsonElement expected, ModelArray actual)
    {
        switch (expected.GetProperty("type").GetString(), actual)
        {
            case ("none", MissingArray):
                return null;
            case ("sequence", ModelSequence sequence):
                var items = expected.GetProperty("items").EnumerateArray().ToArray();
                return items.Length != sequence.Items.Count
                    ? $"{sequence.Items.Count} items, expected {items.Length}"
                    : items.Select((item, i) => Compare(item, sequence.Items[i])).FirstOrDefault(difference => difference is not null);
            case ("map", ModelMap map):
                return Compare(expected, map);
            case ("tensor", ModelTensor tensor):
                using (var wanted = TensorValues.ReadTensor(expected))
                {
                    return Compare(wanted, tensor);
                }

            default:
                return $"{actual.GetType().Name}, expected {expected.GetProperty("type")}";
        }
    }

    /// <summary>What differs between two tensors; null when nothing does.</summary>
    public string? Compare(ModelTensor wanted, ModelTensor actual)
    {
        if (wanted.Type != actual.Type || !wanted.Shape.SequenceEqual(actual.Shape))
        {
            return $"{actual.Type}[{string.Join(", ", actual.Shape)}], expected {wanted.Type}[{string.Join(", ", wanted.Shape)}]";
        }

        var tolerance = absolute * Math.Max(1, Enumerable.Range(0, wanted.Count).Select(i => Math.Abs(TensorValues.NumberAt(wanted, i))).Where(double.IsFinite).DefaultIfEmpty(0).Max());
        for (var i = 0; i < wanted.Count; i++)
        {
            if (wanted.Type == ElementType.String ? wanted.Texts[i] != actual.Texts[i] : !IsClose(TensorValues.NumberAt(wanted, i), TensorValues.NumberAt(actual, i), tolerance))
            {
                return wanted.Type == ElementType.String
                    ? $"element {i} is '{actual.Texts[i]}', expected '{wanted.Texts[i]}'"
                    : $"element {i} is {TensorValues.NumberAt(actual, i)}, expected {TensorValues.NumberAt(wanted, i)}";
            }
        }

        return null;
    }

    private string? Compare(JsonElement expected, ModelMap map)
    {
        var found = map.Keys.Select((key, i) => (Key: key.ToString(), Value: TensorValues.NumberAt(map.Values, i))).ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
        JsonElement[][] items = [.. expected.GetProperty("items").EnumerateArray().Select(item => item.EnumerateArray().ToArray())];
        return items.Length != found.Count
            ? $"{found.Count} keys, expected {items.Length}"
            : items.Where(item => !found.TryGetValue(item[0].ToString(), out var value) || !IsClose(CaseInput.Number(item[1]), value, absolute)).Select(item => $"key {item[0]} differs").FirstOrDefault();
    }

    private bool IsClose(double wanted, double found, double tolerance) =>
        wanted.Equals(found) || Math.Abs(wanted - found) <= tolerance + (relative * Math.Abs(wanted));
}
