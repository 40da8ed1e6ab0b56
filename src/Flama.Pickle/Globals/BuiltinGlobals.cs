using System.Numerics;
using Flama.Pickle.Machine;
using Flama.Pickle.Numpy;

namespace Flama.Pickle.Globals;

/// <summary>Python's own types, under their names of Python 3 and 2, and the calls that the pickle format itself makes.</summary>
internal static class BuiltinGlobals
{
    private const string Module = "builtins";
    private const string Python2Module = "__builtin__";

    private static readonly string[] PlainTypes =
        ["int", "float", "bool", "str", "list", "tuple", "dict", "type", "Ellipsis", "NotImplemented"];

    /// <summary>Adds them.</summary>
    public static void AddTo(GlobalTableBuilder table)
    {
        // Types stand in files as parameters, too: dtype=int, default_factory=list.
        table.AddFunctions(Module, PlainTypes);
        table.AddClasses(Module, "object");
        table.Add(Module, new GlobalRule { Call = Bytes, TakesSlices = true }, "bytes", "bytearray");
        table.Add(Module, new GlobalRule { Call = Set }, "set", "frozenset");
        table.AddConstructor(Module, "slice", Slice);
        table.AddConstructor(Module, "range", Slice);
        table.AddConstructor(Module, "complex", Complex);
        table.AddAliases(
            Module, Python2Module, [.. PlainTypes, "object", "bytes", "bytearray", "set", "frozenset", "slice", "range", "complex"]);
        table.AddAlias(new GlobalName(Module, "int"), new GlobalName(Python2Module, "long"));
        table.AddAlias(new GlobalName(Module, "str"), new GlobalName(Python2Module, "unicode"));
        table.AddAlias(new GlobalName(Module, "range"), new GlobalName(Python2Module, "xrange"));

        table.Add("_codecs", new GlobalRule { Call = Encode }, "encode");
        foreach (var module in (string[])["copyreg", "copy_reg"])
        {
            table.AddConstructor(module, "_reconstructor", Reconstruct);
            table.AddConstructor(module, "__newobj__", NewObject);
        }
    }

    /// <summary><c>bytes()</c> and <c>bytearray(b'…')</c>: the given bytes.</summary>
    private static object Bytes(PickleCall call)
    {
        call.RequireCount(0, 2);
        return call.Arguments.Count switch
        {
            0 => Array.Empty<byte>(),
            1 when call.Arguments[0] is byte[] or ByteSlice => call.Arguments[0]!,
            2 => Latin1(call, call.Argument<string>(0), call.Argument<string>(1)),
            _ => throw call.Refused($"argument 1 is {ValueDescription.Of(call.Arguments[0])}"),
        };
    }

    /// <summary><c>_codecs.encode(text, 'latin1')</c>: how protocols 0 to 2 write bytes. Other codecs do more than that.</summary>
    private static byte[] Encode(PickleCall call)
    {
        call.RequireCount(2, 2);
        return Latin1(call, call.Argument<string>(0), call.Argument<string>(1));
    }

    private static byte[] Latin1(PickleCall call, string text, string codec)
    {
        if (codec is not ("latin1" or "latin-1"))
        {
            throw call.Refused($"the codec is '{ValueDescription.Safe(codec)}', not latin1");
        }

        call.Budget.AddBytes(text.Length, call.Offset);
        return ArrayReader.TryLatin1(text) ?? throw new PickleException(
            PickleErrorCode.Corrupt, "Bytes are written as text and a character is above 255.", call.Offset);
    }

    private static PickleSet Set(PickleCall call)
    {
        call.RequireCount(0, 1);
        var set = new PickleSet();
        if (call.Arguments.Count == 1)
        {
            var items = Items(call, 0);
            call.Budget.AddBytes(16L * items.Count, call.Offset);
            foreach (var item in items)
            {
                set.Items.Add(item);
            }
        }

        return set;
    }

    /// <summary><c>slice(start, stop, step)</c> and <c>range(start, stop, step)</c>.</summary>
    private static PickleObject Slice(PickleCall call)
    {
        call.RequireCount(3, 3);
        return call.Inert();
    }

    private static object Complex(PickleCall call)
    {
        call.RequireCount(2, 2);
        return new Complex(call.Argument<double>(0), call.Argument<double>(1));
    }

    /// <summary>
    /// <c>_reconstructor(class, base, state)</c>: how protocols 0 and 1 write an instance; state is what the base class holds.
    /// </summary>
    private static object? Reconstruct(PickleCall call)
    {
        call.RequireCount(3, 3);
        var create = call.Argument<PickleSymbol>(0).Rule?.Create ?? throw call.Refused("argument 1 is not a class");
        if (call.Argument<PickleSymbol>(1).Global is not { Module: Module } @base)
        {
            throw call.Refused("argument 2 is not a type of Python");
        }

        var state = call.Arguments[2];
        var arguments = @base.Name == "object" || state is PickleDict
            ? PickleTuple.Empty
            : new PickleTuple([state]) { Depth = call.Arguments.Depth };
        var result = create(new PickleCall(call.Argument<PickleSymbol>(0).Global, arguments, call.Offset, call.Budget));
        if (result is PickleObject instance && state is PickleDict entries)
        {
            instance.Entries = entries;
        }

        return result;
    }

    /// <summary><c>__newobj__(class, *arguments)</c>: NEWOBJ as a call.</summary>
    private static object? NewObject(PickleCall call)
    {
        var create = call.Argument<PickleSymbol>(0).Rule?.Create ?? throw call.Refused("argument 1 is not a class");
        var arguments = call.Arguments.Count == 1
            ? PickleTuple.Empty
            : new PickleTuple([.. call.Arguments.Items.Skip(1)]) { Depth = call.Arguments.Depth };
        call.Budget.AddBytes(8L * arguments.Count, call.Offset);
        return create(new PickleCall(call.Argument<PickleSymbol>(0).Global, arguments, call.Offset, call.Budget));
    }

    /// <summary>The items of a list, tuple or set that is an argument.</summary>
    internal static IReadOnlyCollection<object?> Items(PickleCall call, int index) => call.Arguments[index] switch
    {
        List<object?> list => list,
        PickleTuple tuple => tuple.Slots,
        PickleSet set => [.. set.Items],
        var other => throw call.Refused($"argument {index + 1} is {ValueDescription.Of(other)}"),
    };
}
