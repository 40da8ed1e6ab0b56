using Flama.Pickle.Joblib;
using Flama.Pickle.Numpy;

namespace Flama.Pickle.Machine;

/// <content>BUILD: setting the state of what is on top of the stack.</content>
internal ref partial struct PickleMachine
{
    private void Build()
    {
        var state = Pop();
        try
        {
            SetOnTop(state);
        }
        catch (PickleException exception) when (exception.Offset is null)
        {
            throw At(exception);
        }
    }

    private void SetOnTop(object? state)
    {
        switch (Top())
        {
            case PickleObject { AwaitsArray: true } wrapper:
                ReadJoblibArray(wrapper, state);
                break;
            case PickleObject instance:
                SetState(instance, state);
                break;
            case NdArray array:
                BuildArray(array, state);
                break;
            case DType type:
                DTypeReader.Build(type, state);
                break;
            case var other:
                throw Corrupt($"a state is set on {ValueDescription.Of(other)}");
        }
    }

    private void SetState(PickleObject instance, object? state)
    {
        if (instance.IsBuilt)
        {
            throw Corrupt($"the state of {ValueDescription.Of(instance)} is set twice");
        }

        var depth = Admit(ref state);
        instance.State = state;
        instance.IsBuilt = true;
        instance.Depth = Deepened(instance.Depth, depth, instance.IsPlaced);
    }

    private void BuildArray(NdArray array, object? state)
    {
        if (!array.IsPending)
        {
            throw Corrupt("the contents of an array are set twice");
        }

        var contents = ArrayReader.FromState(state, budget, opcodeOffset);
        var depth = 0;
        foreach (var item in contents.Items)
        {
            depth = Math.Max(depth, Place(item));
        }

        if (contents.Type.Kind == DTypeKind.Object)
        {
            contents.Depth = Deepened(0, depth, array.IsPlaced);
        }

        array.Complete(contents);
    }

    /// <summary>joblib: the bytes of an array follow the BUILD of its description; the array takes the description's place.</summary>
    private void ReadJoblibArray(PickleObject wrapper, object? state)
    {
        var description = JoblibArray.Read(state as PickleDict);
        Pop();
        if (position == frameEnd)
        {
            LeaveFrame();
        }

        Push(description.Type.HasObjects ? ReadNestedArray() : ReadRawArray(description));
        wrapper.IsBuilt = true;
    }

    private NdArray ReadRawArray(JoblibArray description)
    {
        if (description.HasPadding)
        {
            Take(ReadByte());
        }

        var needed = description.ByteCount;
        if (needed > Remaining)
        {
            throw Truncated(needed);
        }

        if (description.Type.ItemSize == 0)
        {
            budget.AddBytes(8L * description.Length, opcodeOffset);
        }

        var start = position;
        Take((int)needed);
        return new NdArray(description.Type, description.Shape, memory.Slice(start, (int)needed), description.IsFortran);
    }

    /// <summary>An object array is a complete pickle of its own in the stream.</summary>
    private NdArray ReadNestedArray()
    {
        if (++budget.Streams > JoblibArray.MaxNesting)
        {
            throw TooLarge($"The file nests more than {JoblibArray.MaxNesting} streams");
        }

        var nested = new PickleMachine(memory, position, globals, budget);
        var result = nested.Run();
        position = nested.Position;
        needsDepthCheck |= nested.needsDepthCheck;
        budget.Streams--;
        return result as NdArray ?? throw Corrupt($"an object array is expected and {ValueDescription.Of(result)} found");
    }
}
