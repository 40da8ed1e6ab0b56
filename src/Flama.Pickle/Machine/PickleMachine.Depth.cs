using Flama.Pickle.Numpy;

namespace Flama.Pickle.Machine;

/// <content>What happens when a value enters a container: its depth is taken, and bytes that are still slices become arrays.</content>
internal ref partial struct PickleMachine
{
    /// <summary>
    /// Notes that a container holds the value, and gives its depth: 0 for a plain value, else 1 more than the deepest item's.
    /// </summary>
    private static int Place(object? value)
    {
        switch (value)
        {
            case null or string or long or double or bool or ByteSlice:
                return 0;
            case PickleTuple tuple:
                return tuple.Depth;
            case PickleList list:
                list.IsPlaced = true;
                return list.Depth;
            case PickleDict dict:
                dict.IsPlaced = true;
                return dict.Depth;
            case PickleObject instance:
                instance.IsPlaced = true;
                return instance.Depth;
            case PickleSet set:
                set.IsPlaced = true;
                return set.Depth;
            case NdArray array:
                array.IsPlaced = true;
                return array.Depth;
            default:
                return 0;
        }
    }

    /// <summary>As <see cref="Place"/>, for a container that the caller will see.</summary>
    private readonly int Admit(ref object? value)
    {
        if (value is ByteSlice slice)
        {
            value = Copy(slice);
            return 0;
        }

        if (value is PickleTuple { HoldsSlices: true } tuple)
        {
            CopySlices(tuple);
        }

        return Place(value);
    }

    private readonly byte[] Copy(ByteSlice slice)
    {
        if (!slice.IsCopied)
        {
            budget.AddBytes(slice.Memory.Length, opcodeOffset);
        }

        return slice.ToArray();
    }

    /// <summary>Replaces slices by arrays in a tuple and the tuples in it, each once.</summary>
    private readonly void CopySlices(PickleTuple root)
    {
        if (!root.HoldsSlices)
        {
            return;
        }

        var pending = new Stack<PickleTuple>();
        root.HoldsSlices = false;
        pending.Push(root);
        while (pending.TryPop(out var tuple))
        {
            var slots = tuple.Slots;
            for (var i = 0; i < slots.Length; i++)
            {
                if (slots[i] is ByteSlice slice)
                {
                    slots[i] = Copy(slice);
                }
                else if (slots[i] is PickleTuple { HoldsSlices: true } inner)
                {
                    inner.HoldsSlices = false;
                    pending.Push(inner);
                }
            }
        }
    }

    /// <summary>The depth of a container whose deepest item has this depth.</summary>
    private readonly int Nested(int deepest) => deepest < limits.MaxDepth
        ? deepest + 1
        : throw TooLarge($"The pickle's containers nest more than {limits.MaxDepth} deep");

    /// <summary>The depth of a container that got items of this depth.</summary>
    private int Deepened(int depth, int deepest, bool isPlaced)
    {
        if (deepest < depth)
        {
            return depth;
        }

        needsDepthCheck |= isPlaced;
        return Nested(deepest);
    }
}
