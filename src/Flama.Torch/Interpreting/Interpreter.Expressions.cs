using System.Runtime.CompilerServices;
using Flama.Torch.Code;
using Flama.Torch.Lowering;

namespace Flama.Torch.Interpreting;

/// <content>Expressions.</content>
internal sealed partial class Interpreter
{
    private object? Evaluate(Expression expression, Dictionary<string, object?> names)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (expression)
        {
            case Expression.Constant constant:
                return constant.Value;
            case Expression.Name name:
                return names.TryGetValue(name.Id, out var value)
                    ? value is Nothing ? throw TorchErrors.Unsupported($"'{SafeText.OneLine(name.Id, 60)}' {Place} is of two kinds, by what tensors hold") : value
                    : new PythonPath(name.Id);
            case Expression.Member member:
                return Member(Evaluate(member.Target, names), member.Id);
            case Expression.Item item:
                return Item(Evaluate(item.Target, names), Evaluate(item.Index, names));
            case Expression.List list:
                return ListOf(list.Items.Select(item => Evaluate(item, names)), list.Items.Count);
            case Expression.Tuple tuple:
                Room(tuple.Items.Count, tuple.Items.Count);
                return new PythonTuple([.. tuple.Items.Select(item => Evaluate(item, names))]);
            case Expression.Dict dict:
                Room(dict.Items.Count, dict.Items.Count);
                PythonDict made = new(Graph.Scope);
                foreach (var (key, content) in dict.Items)
                {
                    made.Items[KeyOf(Evaluate(key, names))] = Evaluate(content, names);
                }

                return made;
            case Expression.Call call:
                return Call(call, names);
            default:
                throw TorchErrors.Invalid($"an expression is not known {Place}");
        }
    }

    private object? Member(object? target, string id)
    {
        switch (target)
        {
            case PythonObject instance:
                return instance.Attributes.TryGetValue(id, out var value) ? value
                    : instance.Definition?.Constants.TryGetValue(id, out var constant) == true ? Evaluate(constant, [])
                    : throw TorchErrors.Invalid($"{SafeText.OneLine(instance.ClassName, 100)} has no '{SafeText.OneLine(id, 60)}', which is read {Place}");
            case PythonPath { Name: "CONSTANTS" }:
                return int.TryParse(id[Math.Min(1, id.Length)..], System.Globalization.CultureInfo.InvariantCulture, out var index) && index >= 0 && index < constants.Count ? constants[index] : throw TorchErrors.Corrupt($"there is no constant '{SafeText.OneLine(id, 30)}'");
            case PythonPath path:
                return new PythonPath($"{path.Name}.{id}");
            case PythonTuple { Names: { } fields } tuple:
                for (var i = 0; i < fields.Count; i++)
                {
                    if (string.Equals(fields[i], id, StringComparison.Ordinal))
                    {
                        return tuple.Items[i];
                    }
                }

                break;
        }

        throw TorchErrors.Invalid($"'{SafeText.OneLine(id, 60)}' of what is not an object is read {Place}");
    }

    private object? Item(object? target, object? index)
    {
        switch (target)
        {
            case PythonPath path:
                return path;
            case PythonDict dict:
                return dict.Items.TryGetValue(KeyOf(index), out var found) ? found : throw TorchErrors.Invalid($"a dict has no such key {Place}");
            case string text:
                return text[Position(index, text.Length)].ToString();
        }

        var items = target switch
        {
            PythonList list => list.Items,
            PythonTuple tuple => tuple.Items,
            _ => throw TorchErrors.Invalid($"an item of what is not a list is read {Place}"),
        };
        return items[Position(index, items.Count)];
    }

    private int Position(object? index, int count)
    {
        var position = Caller.Whole(index, "an index");
        position += position < 0 ? count : 0;
        return position >= 0 && position < count ? (int)position : throw TorchErrors.Input($"The model reads item {position} of {count} {Place}.");
    }

    private object KeyOf(object? key) => key switch
    {
        string or bool or double => key,
        long or Sym => Caller.Whole(key, "a key"),
        _ => throw TorchErrors.Unsupported($"a dict has keys {Place} that are not texts or numbers"),
    };

    private object? Call(Expression.Call call, Dictionary<string, object?> names)
    {
        if (call.Callee is Expression.Name { Id: "annotate" or "unchecked_cast" } && call.Arguments.Count == 2)
        {
            return Evaluate(call.Arguments[1], names);
        }

        if (call.Callee is Expression.Name { Id: "uninitialized" })
        {
            return null;
        }

        var callee = CalleeOf(call.Callee, names);
        var arguments = new object?[call.Arguments.Count];
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = Evaluate(call.Arguments[i], names);
        }

        List<KeyValuePair<string, object?>> keywords = [.. call.Keywords.Select(keyword => KeyValuePair.Create(keyword.Key, Evaluate(keyword.Value, names)))];
        Step(call.Line);
        return callee switch
        {
            BoundMethod bound => CallMethod(bound.Self, bound.Name, arguments, keywords),
            PythonPath path => CallPath(path.Name, arguments, keywords),
            _ => throw TorchErrors.Invalid($"what is not a function is called {Place}"),
        };
    }

    // A method of an object, or a qualified name.
    private object? CalleeOf(Expression callee, Dictionary<string, object?> names)
    {
        if (callee is not Expression.Member member)
        {
            return Evaluate(callee, names);
        }

        var target = Evaluate(member.Target, names);
        return target is PythonObject instance ? new BoundMethod(instance, member.Id) : Member(target, member.Id);
    }

    private object? CallPath(string path, object?[] arguments, List<KeyValuePair<string, object?>> keywords)
    {
        if (path.StartsWith("__torch__.", StringComparison.Ordinal))
        {
            return CallDefined(path, arguments, keywords);
        }

        var dot = path.LastIndexOf('.');
        var name = path[(dot + 1)..];
        return (dot < 0 ? "" : path[..dot]) switch
        {
            "ops.prim" => CallPrimitive(name, arguments),
            "torch" or "ops.aten" => CallOperator(name, arguments, keywords),
            "" => CallBuiltin(name, arguments),
            _ => throw Graph.Unknown($"the operator {SafeText.OneLine(path, 100)} {Place}"),
        };
    }

    private object? CallDefined(string path, object?[] arguments, List<KeyValuePair<string, object?>> keywords)
    {
        if (path.EndsWith(".__new__", StringComparison.Ordinal))
        {
            var className = path[..^".__new__".Length];
            return new PythonObject(className, library.FindClass(className) ?? throw TorchErrors.Corrupt($"its code has no class {SafeText.OneLine(className, 100)}"), Graph.Scope);
        }

        if (library.FindFunction(path) is { } function)
        {
            return CallFunction(function, arguments, keywords);
        }

        if (library.FindClass(path) is { Base: "NamedTuple" } tuple)
        {
            if (arguments.Length != tuple.Fields.Count)
            {
                throw TorchErrors.Invalid($"{SafeText.OneLine(path, 100)} is made of {arguments.Length} values {Place}");
            }

            return new PythonTuple(arguments, [.. tuple.Fields.Select(field => field.Key)]);
        }

        throw TorchErrors.Corrupt($"its code has no {SafeText.OneLine(path, 100)}, which is called {Place}");
    }

    private sealed record BoundMethod(PythonObject Self, string Name);
}
