using System.Runtime.CompilerServices;
using Flama.Pickle;
using Flama.Torch.Archives;
using Flama.Torch.Code;
using Flama.Torch.Lowering;

namespace Flama.Torch.Scripts;

/// <summary>Makes objects of a program of what a pickle holds; what is shared stays shared.</summary>
internal sealed class ObjectReader(GraphWriter graph, CodeLibrary library)
{
    private readonly Dictionary<object, object?> made = new(ReferenceEqualityComparer.Instance);

    public object? Read(object? value)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (value is null or long or double or bool or string)
        {
            return value;
        }

        if (made.TryGetValue(value, out var known))
        {
            return known;
        }

        switch (value)
        {
            case StoredTensor stored:
                return made[value] = graph.Of(stored);
            case List<object?> items:
                PythonList list = new([], graph.Whole);
                made[value] = list;
                list.Items.AddRange(items.Select(Read));
                return list;
            case PickleTuple tuple:
                return made[value] = new PythonTuple([.. tuple.Items.Select(Read)]);
            case PickleDict entries:
                PythonDict dict = new(graph.Whole);
                made[value] = dict;
                foreach (var (key, item) in entries)
                {
                    dict.Items[key ?? ""] = Read(item);
                }

                return dict;
            case PickleObject instance:
                return ReadObject(instance);
            default:
                throw TorchErrors.Unsupported($"it holds {(value is QuantizedTensor ? "quantized tensors" : "a value of an unknown kind")}");
        }
    }

    private PythonObject ReadObject(PickleObject instance)
    {
        var name = instance.Class.ToString();
        PythonObject read = new(name, library.FindClass(name), graph.Whole);
        made[instance] = read;
        if (instance.Attributes is { } attributes)
        {
            foreach (var (key, value) in attributes)
            {
                // Served models never train, however they were saved.
                read.Attributes[key as string ?? throw TorchErrors.Corrupt("an attribute has no name")] = key is "training" ? false : Quantized(value) ? null : Read(value);
            }
        }

        return read;
    }

    // Packed weights of quantized layers: their operators are refused by name.
    private static bool Quantized(object? value) => value is QuantizedTensor;
}
