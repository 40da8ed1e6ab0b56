using System.Globalization;

namespace Flama.Sklearn.Frames;

/// <summary>The labels of a data frame's columns: names, or positions where training had an array.</summary>
internal sealed class FrameLabels
{
    private readonly object?[] labels;
    private readonly Dictionary<object, int> positions = [];

    private FrameLabels(object?[] labels)
    {
        this.labels = labels;
        for (var i = 0; i < labels.Length; i++)
        {
            positions.TryAdd(labels[i]!, i);
        }
    }

    /// <summary>How many columns there are.</summary>
    public int Count => labels.Length;

    /// <summary>The names; null where training had an array.</summary>
    public IReadOnlyList<string>? Names => Array.TrueForAll(labels, label => label is string) ? [.. labels.Cast<string>()] : null;

    /// <summary>Reads the labels of training's columns.</summary>
    public static FrameLabels Read(EstimatorState state, string name = "feature_names_in_")
    {
        var items = state.Values(name);
        return Array.TrueForAll(items, item => item is string or long)
            ? new(items)
            : throw state.Fail($"its attribute '{name}' has labels that are neither names nor positions");
    }

    /// <summary>A column's label as text.</summary>
    public string NameOf(int column) => Text(labels[column]);

    /// <summary>Whether there is a column of this label.</summary>
    public bool Has(object? label) => label is not null && positions.ContainsKey(label);

    /// <summary>The position of a column that must be there.</summary>
    public int Find(EstimatorState state, object? label) => label is not null && positions.TryGetValue(label, out var position)
        ? position
        : throw state.Fail($"it speaks of a column {(label is string text ? $"'{text}'" : PythonType.NameOf(label))}, which is not among its features");

    /// <summary>The positions of some columns.</summary>
    public int[] FindAll(EstimatorState state, string name) => [.. state.Values(name).Select(label => Find(state, label))];

    /// <summary>A label as text.</summary>
    public static string Text(object? label) => label switch
    {
        string text => text,
        long number => number.ToString(CultureInfo.InvariantCulture),
        null => "None",
        _ => PythonType.NameOf(label),
    };
}
