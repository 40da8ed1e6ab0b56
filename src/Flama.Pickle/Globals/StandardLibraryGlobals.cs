using Flama.Pickle.Machine;

namespace Flama.Pickle.Globals;

/// <summary>Values of Python's standard library that people keep beside a model.</summary>
internal static class StandardLibraryGlobals
{
    /// <summary>Adds them.</summary>
    public static void AddTo(GlobalTableBuilder table)
    {
        foreach (var name in (string[])["OrderedDict", "Counter"])
        {
            table.Add("collections", new GlobalRule { Call = Dict, Create = Dict }, name);
        }

        table.AddConstructor("collections", "defaultdict", DefaultDict);
        table.AddConstructor("collections", "deque", Deque);
        table.AddConstructor("functools", "partial", Partial);
        foreach (var name in (string[])["date", "datetime", "time", "timedelta", "timezone"])
        {
            table.AddConstructor("datetime", name, static call => call.Inert());
        }

        table.AddConstructor("decimal", "Decimal", static call => call.Inert());
        table.AddConstructor("fractions", "Fraction", static call => call.Inert());
        table.AddClasses("uuid", "UUID");
        foreach (var module in (string[])["pathlib", "pathlib._local"])
        {
            foreach (var name in (string[])["PosixPath", "PurePosixPath", "WindowsPath", "PureWindowsPath"])
            {
                table.AddConstructor(module, name, static call => call.Inert());
            }
        }
    }

    /// <summary><c>OrderedDict()</c>, <c>OrderedDict(pairs)</c>, <c>Counter(dict)</c>.</summary>
    private static PickleDict Dict(PickleCall call)
    {
        call.RequireCount(0, 1);
        var dict = new PickleDict();
        if (call.Arguments.Count == 0)
        {
            return dict;
        }

        if (call.Arguments[0] is PickleDict source)
        {
            call.Budget.AddBytes(48L * source.Count, call.Offset);
            foreach (var (key, value) in source)
            {
                dict.Set(key, value);
            }

            return dict;
        }

        var pairs = BuiltinGlobals.Items(call, 0);
        call.Budget.AddBytes(48L * pairs.Count, call.Offset);
        foreach (var pair in pairs)
        {
            var (key, value) = pair switch
            {
                List<object?> { Count: 2 } list => (list[0], list[1]),
                PickleTuple { Count: 2 } tuple => (tuple[0], tuple[1]),
                _ => throw call.Refused("an item of argument 1 is not a pair"),
            };
            if (key is not (string or long or double or bool or null or PickleSymbol or byte[]))
            {
                throw call.Refused($"a key is {ValueDescription.Of(key)}");
            }

            dict.Set(key, value);
        }

        return dict;
    }

    /// <summary><c>defaultdict(factory)</c>: a dict; the factory plays no part.</summary>
    private static PickleDict DefaultDict(PickleCall call)
    {
        call.RequireCount(0, 1);
        return call.Arguments.Count == 0 || call.Arguments[0] is null or PickleSymbol or PickleObject
            ? new PickleDict()
            : throw call.Refused($"argument 1 is {ValueDescription.Of(call.Arguments[0])}");
    }

    /// <summary><c>deque([], maxlen)</c>: a list.</summary>
    private static PickleList Deque(PickleCall call)
    {
        call.RequireCount(0, 2);
        return call.Arguments.Count == 0 || call.Arguments[0] is PickleList { Count: 0 } or PickleTuple { Count: 0 }
            ? []
            : throw call.Refused($"argument 1 is {ValueDescription.Of(call.Arguments[0])}");
    }

    /// <summary><c>partial(function)</c>: what it is bound to follows as state.</summary>
    private static PickleObject Partial(PickleCall call)
    {
        _ = call.Argument<PickleSymbol>(0);
        return call.Inert();
    }
}
