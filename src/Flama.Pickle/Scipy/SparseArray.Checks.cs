using Flama.Pickle.Numpy;

namespace Flama.Pickle.Scipy;

/// <content>Reading the parts and checking that they fit.</content>
public sealed partial record SparseArray
{
    private static (int Rows, int Columns) ReadShape(PickleObject instance)
    {
        if (instance.Attributes is not { } attributes)
        {
            throw Wrong(instance, "it has no attributes");
        }

        if ((attributes.TryGetValue("_shape", out var shape) || attributes.TryGetValue("shape", out shape))
            && shape is PickleTuple { Count: 2 } pair
            && pair[0] is long rows and >= 0 and < int.MaxValue
            && pair[1] is long columns and >= 0 and < int.MaxValue)
        {
            return ((int)rows, (int)columns);
        }

        throw Wrong(instance, "its shape is not a pair of lengths");
    }

    private static NdArray ReadArray(PickleObject instance, string name) =>
        instance.Attributes!.TryGetValue(name, out var value) && value is NdArray array
            ? array
            : throw Wrong(instance, $"its '{name}' is {ValueDescription.Of(value)}, not an array");

    private static void CheckPointers(PickleObject instance, int[] pointers, int lines, int entries)
    {
        if (pointers.Length != lines + 1L)
        {
            throw Wrong(instance, $"it has {lines} lines and {pointers.Length} index pointers");
        }

        if (pointers[0] != 0 || pointers[^1] > entries)
        {
            throw Wrong(instance, $"its index pointers run from {pointers[0]} to {pointers[^1]} and it has {entries} entries");
        }

        for (var i = 1; i < pointers.Length; i++)
        {
            if (pointers[i] < pointers[i - 1])
            {
                throw Wrong(instance, $"its index pointers fall from {pointers[i - 1]} to {pointers[i]}");
            }
        }
    }

    private static void CheckIndices(PickleObject instance, ReadOnlySpan<int> indices, int length)
    {
        foreach (var index in indices)
        {
            if ((uint)index >= (uint)length)
            {
                throw Wrong(instance, $"an index is {index} where there are {length}");
            }
        }
    }

    private static PickleException Wrong(PickleObject instance, string why) =>
        new(PickleErrorCode.Corrupt, $"A {ValueDescription.Of(instance.Class)} cannot be read: {why}.");
}
