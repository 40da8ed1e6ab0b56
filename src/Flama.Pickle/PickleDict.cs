using System.Collections;

namespace Flama.Pickle;

/// <summary>A Python dict: entries in order; a later entry of the same string, integer, float or boolean key replaces the earlier one.</summary>
public sealed class PickleDict : IReadOnlyCollection<KeyValuePair<object?, object?>>
{
    private readonly List<KeyValuePair<object?, object?>> entries = [];
    private readonly Dictionary<object, int> positions = [];

    /// <summary>How many entries there are.</summary>
    public int Count => entries.Count;

    /// <summary>Finds the value of a string key.</summary>
    public bool TryGetValue(string key, out object? value)
    {
        if (positions.TryGetValue(key, out var position))
        {
            value = entries[position].Value;
            return true;
        }

        value = null;
        return false;
    }

    /// <summary>Sets an entry. Keys other than strings, numbers and booleans are kept without a look for an equal one.</summary>
    public void Set(object? key, object? value)
    {
        if (key is string or long or double or bool)
        {
            if (positions.TryGetValue(key, out var position))
            {
                entries[position] = new(key, value);
                return;
            }

            positions.Add(key, entries.Count);
        }

        entries.Add(new(key, value));
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<object?, object?>> GetEnumerator() => entries.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
