namespace Flama.Pickle.Machine;

/// <content>Tuples, lists, dicts and sets.</content>
internal ref partial struct PickleMachine
{
    private void PushTuple(int length)
    {
        if (count - fence < length)
        {
            throw Underflow();
        }

        count -= length;
        Push(MakeTuple(stack.AsSpan(count, length)));
    }

    private void PushTupleFromMark()
    {
        var items = PopToMark();
        Push(items.IsEmpty ? PickleTuple.Empty : MakeTuple(items));
    }

    private PickleTuple MakeTuple(ReadOnlySpan<object?> source)
    {
        budget.AddObject(64 + (8L * source.Length), opcodeOffset);
        var items = source.ToArray();
        var depth = 0;
        var holdsSlices = false;
        foreach (var item in items)
        {
            // Bytes may stay slices for now: most tuples only carry arguments or an array's state.
            holdsSlices |= item is ByteSlice or PickleTuple { HoldsSlices: true };
            depth = Math.Max(depth, Place(item));
        }

        return new PickleTuple(items) { Depth = Nested(depth), HoldsSlices = holdsSlices };
    }

    private void PushList()
    {
        budget.AddObject(56, opcodeOffset);
        Push(new PickleList());
    }

    private void Append()
    {
        var item = Pop();
        Add(TopList(), [item]);
    }

    private void Appends()
    {
        var items = PopToMark();
        Add(TopList(), items);
    }

    private void PushListFromMark()
    {
        var items = PopToMark();
        var list = new PickleList();
        budget.AddObject(56, opcodeOffset);
        Add(list, items);
        Push(list);
    }

    private readonly PickleList TopList() => Top() switch
    {
        PickleList list => list,
        var other => throw Corrupt($"an item is appended to {ValueDescription.Of(other)}"),
    };

    private void Add(PickleList list, scoped ReadOnlySpan<object?> items)
    {
        budget.AddBytes(16L * items.Length, opcodeOffset);
        list.EnsureCapacity(list.Count + items.Length);
        var depth = 0;
        foreach (var item in items)
        {
            var admitted = item;
            depth = Math.Max(depth, Admit(ref admitted));
            list.Add(admitted);
        }

        list.Depth = Deepened(list.Depth, depth, list.IsPlaced);
    }

    private void PushDict()
    {
        budget.AddObject(80, opcodeOffset);
        Push(new PickleDict());
    }

    private void SetItem()
    {
        var value = Pop();
        var key = Pop();
        SetOnTop([key, value]);
    }

    private void SetItems() => SetOnTop(PopToMark());

    private void PushDictFromMark()
    {
        var items = PopToMark();
        var dict = new PickleDict();
        budget.AddObject(80, opcodeOffset);
        dict.Depth = Deepened(dict.Depth, Set(dict, items), isPlaced: false);
        Push(dict);
    }

    private void SetOnTop(scoped ReadOnlySpan<object?> items)
    {
        switch (Top())
        {
            case PickleDict dict:
                dict.Depth = Deepened(dict.Depth, Set(dict, items), dict.IsPlaced);
                break;
            case PickleObject instance:
                var entries = instance.Entries ??= [];
                entries.Depth = Deepened(entries.Depth, Set(entries, items), entries.IsPlaced);
                instance.Depth = Deepened(instance.Depth, entries.Depth, instance.IsPlaced);
                break;
            case var other:
                throw Corrupt($"an entry is set on {ValueDescription.Of(other)}");
        }
    }

    /// <summary>Sets entries and gives the depth of the deepest key or value.</summary>
    private int Set(PickleDict dict, scoped ReadOnlySpan<object?> items)
    {
        if (items.Length % 2 != 0)
        {
            throw Corrupt("a dict gets a key without a value");
        }

        budget.AddBytes(24L * items.Length, opcodeOffset);
        dict.Reserve(items.Length / 2);
        var depth = 0;
        for (var i = 0; i < items.Length; i += 2)
        {
            var key = items[i];
            var value = items[i + 1];
            var keyDepth = Admit(ref key);
            CheckKey(key, keyDepth);
            depth = Math.Max(depth, Math.Max(keyDepth, Admit(ref value)));
            dict.Set(key, value);
        }

        return depth;
    }

    private readonly void CheckKey(object? key, int depth)
    {
        CheckHashable(key, "a dict key");
        if (key is PickleTuple && depth > limits.MaxKeyDepth)
        {
            throw TooLarge($"A dict key nests more than {limits.MaxKeyDepth} tuples");
        }
    }

    private readonly void CheckHashable(object? value, string use)
    {
        if (value is PickleList or PickleDict or Numpy.NdArray)
        {
            throw Corrupt($"{ValueDescription.Of(value)} is {use}, which Python does not allow");
        }
    }

    private void PushSet()
    {
        budget.AddObject(96, opcodeOffset);
        Push(new PickleSet());
    }

    private void AddItems()
    {
        var items = PopToMark();
        if (Top() is not PickleSet set)
        {
            throw Corrupt($"items are added to {ValueDescription.Of(Top())}, which is not a set");
        }

        Add(set, items);
    }

    private void PushFrozenSet()
    {
        var items = PopToMark();
        var set = new PickleSet();
        budget.AddObject(96, opcodeOffset);
        Add(set, items);
        Push(set);
    }

    private void Add(PickleSet set, ReadOnlySpan<object?> items)
    {
        budget.AddBytes(16L * items.Length, opcodeOffset);
        var depth = 0;
        foreach (var item in items)
        {
            var admitted = item;
            depth = Math.Max(depth, Admit(ref admitted));
            CheckHashable(admitted, "an item of a set");
            set.Items.Add(admitted);
        }

        set.Depth = Deepened(set.Depth, depth, set.IsPlaced);
    }
}
