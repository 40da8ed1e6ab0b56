namespace Flama.Pickle.Machine;

/// <content>The stack, its marks and the memo.</content>
internal ref partial struct PickleMachine
{
    private void Push(object? value)
    {
        if (count == stack.Length)
        {
            budget.AddBytes((long)stack.Length * 8, opcodeOffset);
            Array.Resize(ref stack, checked(stack.Length * 2));
        }

        stack[count++] = value;
    }

    private object? Pop() => count > fence ? stack[--count] : throw Underflow();

    private readonly object? Top() => count > fence ? stack[count - 1] : throw Underflow();

    private void PushMark()
    {
        if (markCount == marks.Length)
        {
            budget.AddBytes((long)marks.Length * 4, opcodeOffset);
            Array.Resize(ref marks, checked(marks.Length * 2));
        }

        marks[markCount++] = count;
        fence = count;
    }

    /// <summary>Takes the newest mark away and what is above it off the stack; the span is good until the next push.</summary>
    private ReadOnlySpan<object?> PopToMark()
    {
        if (markCount == 0)
        {
            throw Corrupt("an opcode needs a MARK and there is none");
        }

        var start = marks[--markCount];
        var items = stack.AsSpan(start, count - start);
        count = start;
        fence = markCount == 0 ? 0 : marks[markCount - 1];
        return items;
    }

    private void DropTop()
    {
        if (count == fence && markCount > 0)
        {
            PopToMark();
        }
        else
        {
            Pop();
        }
    }

    private void Get(long index)
    {
        if (!memo.TryGet(index, out var value))
        {
            throw Corrupt($"memo entry {index} is used and was never set");
        }

        Push(value);
    }

    private readonly void Put(long index)
    {
        memo.Put(index, Top());
        budget.AddBytes(16, opcodeOffset);
        if (memo.Count > limits.MaxMemo)
        {
            throw TooLarge($"The pickle has more than {limits.MaxMemo} memo entries");
        }
    }

    private readonly PickleException Underflow() => Corrupt("an opcode needs more values than the stack has");
}
