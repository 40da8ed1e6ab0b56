using Flama.Keras.TensorFlow.Before;

namespace Flama.Keras.TensorFlow;

/// <summary>Keys with values. Immutable and thread-safe.</summary>
internal sealed class TableContent
{
    private readonly Dictionary<string, int> texts = new(StringComparer.Ordinal);
    private readonly Dictionary<long, int> numbers = [];

    /// <summary>Makes a table.</summary>
    /// <exception cref="FlamaException">There are not as many keys as values.</exception>
    public TableContent(HostTensor keys, HostTensor values)
    {
        if (keys.Count != values.Count || keys.IsReal)
        {
            throw KerasErrors.Invalid($"a table has {keys.Count} keys and {values.Count} values");
        }

        Keys = keys;
        Values = values.In(values.Count);
        for (var i = 0; i < keys.Count; i++)
        {
            if (keys.IsText)
            {
                texts.TryAdd(keys.Texts[i], i);
            }
            else
            {
                numbers.TryAdd(keys.Longs[i], i);
            }
        }
    }

    public HostTensor Keys { get; }

    public HostTensor Values { get; }

    /// <summary>The values of keys; of those that are not there another one.</summary>
    public HostTensor Find(HostTensor keys, HostTensor otherwise)
    {
        var all = HostTensor.Join([Values, otherwise.In(1)]);
        int[] places = keys.IsText
            ? Array.ConvertAll(keys.Texts, key => texts.GetValueOrDefault(key, Values.Count))
            : Array.ConvertAll(keys.Longs, key => numbers.GetValueOrDefault(key, Values.Count));
        return all.Pick(places, keys.Shape);
    }
}
