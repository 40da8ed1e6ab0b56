namespace Flama.Pickle.Machine;

/// <content>What would be calls and new instances in Python: the table's constructors make data of them.</content>
internal ref partial struct PickleMachine
{
    private static readonly GlobalName PersistentId = new("pickle", "persistent_id");

    private void Reduce()
    {
        var arguments = PopArguments();
        var callee = Pop();
        Push(Call(callee, arguments));
    }

    private void NewObj()
    {
        var arguments = PopArguments();
        var @class = Pop();
        Push(Create(@class, arguments));
    }

    private void NewObjEx()
    {
        var keywords = Pop();
        var arguments = PopArguments();
        var @class = Pop();
        if (keywords is not PickleDict { Count: 0 })
        {
            throw Refused(ClassSymbol(@class), "an instance is made with keyword arguments");
        }

        Push(Create(@class, arguments));
    }

    private void Inst()
    {
        var module = ReadName();
        var name = ReadName();
        var symbol = FindGlobal(module, name);
        var items = PopToMark();
        Push(Instantiate(symbol, items));
    }

    private void Obj()
    {
        var items = PopToMark();
        if (items.IsEmpty)
        {
            throw Corrupt("OBJ finds no class");
        }

        Push(Instantiate(items[0], items[1..]));
    }

    /// <summary>Old classes: without arguments the bare instance is made, with arguments the class is called.</summary>
    private object? Instantiate(object? @class, ReadOnlySpan<object?> arguments) =>
        arguments.IsEmpty ? Create(@class, PickleTuple.Empty) : Call(@class, MakeTuple(arguments));

    private object? Create(object? @class, PickleTuple arguments)
    {
        var symbol = ClassSymbol(@class);
        var create = symbol.Rule?.Create ?? Noted(symbol, Refused(symbol, "an instance is made of it"));
        return Invoke(symbol, create, arguments);
    }

    private object? Call(object? callee, PickleTuple arguments)
    {
        var symbol = ClassSymbol(callee);
        var call = symbol.Rule?.Call ?? Noted(symbol, Refused(symbol, "it is called"));
        return Invoke(symbol, call, arguments);
    }

    private object? Invoke(PickleSymbol symbol, PickleConstructor constructor, PickleTuple arguments)
    {
        budget.AddObject(96, opcodeOffset);
        if (!symbol.Rule!.TakesSlices)
        {
            CopySlices(arguments);
        }

        object? result;
        try
        {
            result = constructor(new PickleCall(symbol.Global, arguments, opcodeOffset, budget));
        }
        catch (PickleException exception) when (budget.Auditor is not null && exception.Code == PickleErrorCode.DisallowedCall)
        {
            result = budget.Auditor.Refuse(symbol, exception)(new PickleCall(symbol.Global, arguments, opcodeOffset, budget));
        }
        catch (PickleException exception) when (exception.Offset is null)
        {
            throw At(exception);
        }

        SetDepth(result, arguments.Depth);
        return result;
    }

    private void PushFromOutside(PickleConstructor constructor)
    {
        var id = PopArguments();
        budget.AddObject(96, opcodeOffset);
        CopySlices(id);
        Push(constructor(new PickleCall(PersistentId, id, opcodeOffset, budget)));
    }

    /// <summary>In an audit a refusal is noted and the audit goes on; a load ends.</summary>
    private readonly PickleConstructor Noted(PickleSymbol symbol, PickleException refusal) =>
        budget.Auditor?.Refuse(symbol, refusal) ?? throw refusal;

    /// <summary>A constructor's result holds its arguments, or what is in them.</summary>
    private readonly void SetDepth(object? result, int depth)
    {
        switch (result)
        {
            case PickleObject instance:
                instance.Depth = Nested(depth);
                break;
            case PickleDict dict:
                dict.Depth = depth;
                break;
            case PickleList list:
                list.Depth = depth;
                break;
            case PickleSet set:
                set.Depth = depth;
                break;
        }
    }

    private PickleTuple PopArguments() => Pop() switch
    {
        PickleTuple arguments => arguments,
        var other => throw Corrupt($"the arguments of a call are {ValueDescription.Of(other)}"),
    };

    private readonly PickleSymbol ClassSymbol(object? value) =>
        value as PickleSymbol
        ?? (budget.Auditor is not null && value is PickleObject instance ? new PickleSymbol(instance.Class) { Rule = Globals.GlobalRule.CallableClass } : null)
        ?? throw Corrupt($"{ValueDescription.Of(value)} is called like a class or function");

    private readonly PickleException Refused(PickleSymbol symbol, string what) => new(
        PickleErrorCode.DisallowedCall,
        $"The pickle refers to {ValueDescription.Of(symbol.Global)} in a way that no honest writer does: {what} at byte {opcodeOffset}.",
        opcodeOffset,
        symbol.Global,
        SaveAgain);

    /// <summary>The same exception with the place in the stream, for code that does not know it.</summary>
    private readonly PickleException At(PickleException exception) => new(
        exception.Code,
        $"{exception.Message} The pickle says so at byte {opcodeOffset}.",
        opcodeOffset,
        exception.Global,
        exception.Remedy ?? SaveAgain,
        exception);
}
