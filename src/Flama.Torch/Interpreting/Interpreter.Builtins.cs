using System.Globalization;
using System.Text;
using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Interpreting;

/// <content>What code calls on numbers, texts, lists and dicts, and what it asks about tensors.</content>
internal sealed partial class Interpreter
{
    private object? CallBuiltin(string name, object?[] arguments) => (name, arguments) switch
    {
        ("getattr", [PythonObject instance, string member]) => Member(instance, member),
        ("int", [var value]) => Whole(value),
        ("float", [string text]) => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture),
        ("float", [var value]) => SymMath.Apply("float", NumberOf(value)),
        ("bool", [string text]) => text.Length > 0,
        ("bool", [var value]) => SymMath.Apply("bool", NumberOf(value)),
        ("str", [var value]) => TextOf(value),
        ("isinstance", [var value, PythonPath type]) => IsInstance(value, type.Name),
        ("isinstance", [var value, PythonTuple types]) => types.Items.Any(type => type is PythonPath path && IsInstance(value, path.Name)),
        ("isinstance", [var value, PythonList types]) => types.Items.Exists(type => type is PythonPath path && IsInstance(value, path.Name)),
        _ => throw TorchErrors.Unsupported($"'{SafeText.OneLine(name, 60)}' {Place} is not known"),
    };

    private static bool IsInstance(object? value, string type) => type switch
    {
        "Tensor" => value is Tensor,
        "int" => value is long or Sym,
        "float" => value is double,
        "bool" => value is bool,
        "str" => value is string,
        "NoneType" => value is null,
        "List" => value is PythonList,
        "Tuple" => value is PythonTuple,
        "Dict" => value is PythonDict,
        _ => value is PythonObject instance && string.Equals(instance.ClassName, type, StringComparison.Ordinal),
    };

    private object Whole(object? value) => value is string text ? long.Parse(text, CultureInfo.InvariantCulture)
        : NumberOf(value) switch { long whole => whole, Sym { Kind: var kind } sym when kind == typeof(long) => sym, var number => SymMath.Apply("int", number) };

    private object NumberOf(object? value) => Caller.Number(value) ?? throw TorchErrors.Invalid($"a number is expected {Place}");

    private string TextOf(object? value) => value switch
    {
        null => "None",
        bool truth => truth ? "True" : "False",
        string text => text,
        long whole => whole.ToString(CultureInfo.InvariantCulture),
        double number => number == Math.Floor(number) && Math.Abs(number) < 1e16 ? number.ToString("0.0", CultureInfo.InvariantCulture) : number.ToString("R", CultureInfo.InvariantCulture),
        Sym { Hint: { } hint } => TextOf(hint),
        PythonList list => $"[{string.Join(", ", list.Items.Select(TextOf))}]",
        PythonTuple tuple => $"({string.Join(", ", tuple.Items.Select(TextOf))})",
        _ => "…",
    };

    private object? CallPrimitive(string name, object?[] arguments)
    {
        switch (name, arguments)
        {
            case ("RaiseException", [var message, ..]):
                throw new ProgramRaisedException(TextOf(message));
            case ("NumToTensor", [var number]):
                var value = NumberOf(number);
                return Graph.OfNumber(value, Sym.KindOf(value) == typeof(double) ? TorchType.Float : Sym.KindOf(value) == typeof(bool) ? TorchType.Bool : TorchType.Int64);
            case ("dtype", [Tensor tensor]):
                return (long)tensor.Type;
            case ("device", [Tensor]):
                return new PythonDevice("cpu");
            case ("layout", [Tensor]):
                return 0L;
            case ("type", [PythonDevice device]):
                return device.Name;
            case ("is_cuda" or "requires_grad" or "is_nested" or "is_mkldnn" or "is_quantized" or "is_sparse" or "is_mps" or "is_xpu" or "is_meta" or "is_ipu" or "is_vulkan", [Tensor]):
                return false;
            case ("min" or "max", [PythonList list]):
                return list.Items.Select(NumberOf).Aggregate((first, second) => SymMath.Apply(name, first, second));
            case ("min" or "max", [var first, var second]):
                return SymMath.Apply(name, NumberOf(first), NumberOf(second));
            case ("abs", [var number]) when number is not Tensor:
                return SymMath.Apply("abs", NumberOf(number));
            case ("data" or "unchecked_unwrap_optional", [var same]):
                return same;
            case ("shape", [Tensor tensor]):
                return new PythonList([.. tensor.Shape], Graph.Scope);
            default:
                throw TorchErrors.Unsupported($"the operator prim::{SafeText.OneLine(name, 60)} {Place} is not known");
        }
    }

    private object? CallOperator(string name, object?[] arguments, List<KeyValuePair<string, object?>> keywords) =>
        TryPlain(name, arguments, out var result) ? result : Caller.Call(name, arguments, keywords);

    private bool TryPlain(string name, object?[] arguments, out object? result)
    {
        result = name switch
        {
            "device" => new PythonDevice(arguments[0] as string ?? "cpu"),
            "warn" or "manual_seed" => null,
            "is_grad_enabled" or "is_autocast_enabled" or "is_autocast_cpu_enabled" or "is_scripting" or "is_tracing" => false,
            "format" => Format(arguments),
            "__is__" => IsSame(arguments),
            "__isnot__" => !IsSame(arguments),
            "__not__" when Caller.Number(arguments[0]) is { } number => SymMath.Apply("not", number),
            "__range_length" => RangeLength(NumberOf(arguments[0]), NumberOf(arguments[1]), Caller.Whole(arguments[2], "a step")),
            "__derive_index" => SymMath.Add(NumberOf(arguments[1]), SymMath.Mul(NumberOf(arguments[0]), NumberOf(arguments[2]))),
            _ => this,
        };
        if (!ReferenceEquals(result, this))
        {
            return true;
        }

        result = arguments switch
        {
            [PythonList list, ..] => OnList(name, list, arguments),
            [PythonDict dict, ..] => OnDict(name, dict, arguments),
            [string text, ..] => OnText(name, text, arguments),
            [PythonTuple tuple] when name == "len" => (long)tuple.Items.Count,
            [PythonDevice one, PythonDevice other] when name is "eq" or "ne" => one == other == (name == "eq"),
            [PythonTuple or PythonList, PythonTuple or PythonList] when name is "eq" or "ne" => AreEqual(arguments[0], arguments[1]) == (name == "eq"),
            [var a, var b] when IsNumber(a) && IsNumber(b) => OnNumbers(name, a!, b!),
            [var a] when IsNumber(a) => OnNumber(name, a!),
            [Tensor tensor] when name == "len" => tensor.Shape[0],
            [null, null] when name is "eq" or "ne" => name == "eq",
            _ => this,
        };
        return !ReferenceEquals(result, this);
    }

    private static bool IsNumber(object? value) => value is long or double or bool or Sym;

    private object? OnNumbers(string name, object a, object b) => name switch
    {
        "add" => SymMath.Add(a, b),
        "sub" => SymMath.Sub(a, b),
        "mul" => SymMath.Mul(a, b),
        "div" => SymMath.Apply("truediv", a, b),
        "floordiv" => SymMath.FloorDiv(a, b),
        "remainder" => SymMath.Apply("mod", a, b),
        "fmod" => SymMath.Apply("fmod", a, b),
        "pow" => SymMath.Apply("pow", a, b),
        "eq" or "ne" or "lt" or "le" or "gt" or "ge" => SymMath.Apply(name, a, b),
        "__and__" => SymMath.Apply("and", a, b),
        "__or__" => SymMath.Apply("or", a, b),
        "__xor__" => SymMath.Apply("xor", a, b),
        "__lshift__" => SymMath.Apply("lshift", a, b),
        "__rshift__" => SymMath.Apply("rshift", a, b),
        _ => this,
    };

    private object? OnNumber(string name, object a) => name switch
    {
        "neg" or "abs" or "ceil" or "floor" or "sqrt" or "round" => SymMath.Apply(name, a),
        "Int" => SymMath.Apply("int", a),
        "Float" => SymMath.Apply("float", a),
        "Bool" => SymMath.Apply("bool", a),
        "exp" when a is double or long => Math.Exp(SymMath.ToDouble(a)),
        "log" when a is double or long => Math.Log(SymMath.ToDouble(a)),
        "isinf" when a is double number => double.IsInfinity(number),
        "isnan" when a is double number => double.IsNaN(number),
        _ => this,
    };

    private object? OnList(string name, PythonList list, object?[] arguments)
    {
        switch (name, arguments)
        {
            case ("len", [_]):
                return (long)list.Items.Count;
            case ("append", [_, var item]):
                Caller.RequireOwn(list.Scope);
                list.Items.Add(item);
                return list;
            case ("extend", [_, PythonList other]):
                Caller.RequireOwn(list.Scope);
                list.Items.AddRange(other.Items);
                return null;
            case ("insert", [_, var at, var item]):
                Caller.RequireOwn(list.Scope);
                list.Items.Insert((int)Math.Clamp(Caller.Whole(at, "a position"), 0, list.Items.Count), item);
                return null;
            case ("pop", [_, ..]):
                Caller.RequireOwn(list.Scope);
                var position = Position(arguments.Length > 1 ? arguments[1] : -1L, list.Items.Count);
                var popped = list.Items[position];
                list.Items.RemoveAt(position);
                return popped;
            case ("reverse", [_]):
                Caller.RequireOwn(list.Scope);
                list.Items.Reverse();
                return null;
            case ("clear", [_]):
                Caller.RequireOwn(list.Scope);
                list.Items.Clear();
                return null;
            case ("_set_item", [_, var index, var item]):
                Caller.RequireOwn(list.Scope);
                list.Items[Position(index, list.Items.Count)] = item;
                return list;
            case ("list" or "copy", [_]):
                return new PythonList([.. list.Items], Graph.Scope);
            case ("add", [_, PythonList other]):
                return new PythonList([.. list.Items, .. other.Items], Graph.Scope);
            case ("mul", [_, long count]):
                return new PythonList([.. Enumerable.Range(0, (int)Math.Clamp(count, 0, 100_000)).SelectMany(_ => list.Items)], Graph.Scope);
            case ("__contains__", [_, var item]):
                return list.Items.Exists(candidate => AreEqual(candidate, item));
            case ("__getitem__", [_, var index]):
                return list.Items[Position(index, list.Items.Count)];
            case ("slice", _):
                return Slice(list, arguments);
            case ("eq" or "ne", [_, PythonList other]):
                return AreEqual(list, other) == (name == "eq");
            case ("any" or "all", [_]) when list.Items.TrueForAll(IsNumber):
                return list.Items.Aggregate((object)(name == "all"), (truth, item) => SymMath.Apply(name == "all" ? "and" : "or", truth, SymMath.Apply("bool", item!)));
            case ("sum", [_]) when list.Items.TrueForAll(IsNumber):
                return list.Items.Aggregate((object)0L, (sum, item) => SymMath.Add(sum, item!));
            default:
                return this;
        }
    }

    private PythonList Slice(PythonList list, object?[] arguments)
    {
        var step = arguments.Length > 3 && arguments[3] is { } given ? Caller.Whole(given, "a step") : 1;
        var count = list.Items.Count;
        var start = Bound(arguments.Length > 1 ? arguments[1] : null, 0, count);
        var end = Bound(arguments.Length > 2 ? arguments[2] : null, count, count);
        List<object?> items = [];
        for (var i = start; step > 0 && i < end; i += step)
        {
            items.Add(list.Items[(int)i]);
        }

        return new(items, Graph.Scope);

        long Bound(object? value, long none, int length)
        {
            var bound = value is null ? none : Caller.Whole(value, "a bound");
            return Math.Clamp(bound < 0 ? bound + length : bound, 0, length);
        }
    }

    private object? OnDict(string name, PythonDict dict, object?[] arguments)
    {
        switch (name, arguments)
        {
            case ("len", [_]):
                return (long)dict.Items.Count;
            case ("keys", [_]):
                return new PythonList([.. dict.Items.Keys], Graph.Scope);
            case ("values", [_]):
                return new PythonList([.. dict.Items.Values], Graph.Scope);
            case ("items", [_]):
                return new PythonList([.. dict.Items.Select(item => new PythonTuple([item.Key, item.Value]))], Graph.Scope);
            case ("__contains__", [_, var key]):
                return dict.Items.ContainsKey(KeyOf(key));
            case ("__getitem__", [_, var key]):
                return Item(dict, key);
            case ("get", [_, var key, ..]):
                return dict.Items.TryGetValue(KeyOf(key), out var found) ? found : arguments.Length > 2 ? arguments[2] : null;
            case ("_set_item", [_, var key, var value]):
                Caller.RequireOwn(dict.Scope);
                dict.Items[KeyOf(key)] = value;
                return null;
            case ("update", [_, PythonDict other]):
                Caller.RequireOwn(dict.Scope);
                foreach (var (key, value) in other.Items)
                {
                    dict.Items[key] = value;
                }

                return null;
            case ("copy", [_]):
                PythonDict copy = new(Graph.Scope);
                foreach (var (key, value) in dict.Items)
                {
                    copy.Items[key] = value;
                }

                return copy;
            default:
                return this;
        }
    }

    private object? OnText(string name, string text, object?[] arguments) => (name, arguments) switch
    {
        ("eq", [_, string other]) => string.Equals(text, other, StringComparison.Ordinal),
        ("ne", [_, string other]) => !string.Equals(text, other, StringComparison.Ordinal),
        ("add", [_, string other]) => text + other,
        ("len", [_]) => (long)text.Length,
        ("ord", [_]) => (long)text[0],
        ("lower", [_]) => text.ToLowerInvariant(),
        ("upper", [_]) => text.ToUpperInvariant(),
        ("strip", [_]) => text.Trim(),
        ("startswith", [_, string start]) => text.StartsWith(start, StringComparison.Ordinal),
        ("endswith", [_, string end]) => text.EndsWith(end, StringComparison.Ordinal),
        ("find", [_, string part, ..]) => (long)text.IndexOf(part, StringComparison.Ordinal),
        ("replace", [_, string old, string other, ..]) => text.Replace(old, other, StringComparison.Ordinal),
        ("split", [_, string separator, ..]) => new PythonList([.. text.Split(separator)], Graph.Scope),
        ("join", [_, PythonList parts]) => string.Join(text, parts.Items.Select(TextOf)),
        ("list", [_]) => new PythonList([.. text.Select(character => character.ToString())], Graph.Scope),
        ("__contains__", [_, string part]) => text.Contains(part, StringComparison.Ordinal),
        ("__getitem__", [_, var index]) => text[Position(index, text.Length)].ToString(),
        _ => this,
    };

    private static object RangeLength(object low, object high, long step)
    {
        var distance = step > 0 ? SymMath.Sub(high, low) : SymMath.Sub(low, high);
        var size = Math.Abs(step);
        return SymMath.Apply("max", 0L, SymMath.FloorDiv(SymMath.Add(distance, size - 1), size));
    }

    private static bool IsSame(object?[] arguments) => arguments is [var a, var b] && (ReferenceEquals(a, b) || (a is bool one && b is bool other && one == other));

    private bool AreEqual(object? a, object? b)
    {
        if (IsNumber(a) && IsNumber(b))
        {
            return Caller.Truth(SymMath.Apply("eq", a!, b!)) ?? throw TorchErrors.Unsupported($"numbers that depend on what tensors hold are compared {Place}");
        }

        return (a, b) switch
        {
            (string one, string other) => string.Equals(one, other, StringComparison.Ordinal),
            (null, null) => true,
            (PythonList one, PythonList other) => AreAllEqual(one.Items, other.Items),
            (PythonTuple one, PythonTuple other) => AreAllEqual(one.Items, other.Items),
            _ => false,
        };
    }

    private bool AreAllEqual(IReadOnlyList<object?> one, IReadOnlyList<object?> other) => one.Count == other.Count && one.Zip(other).All(pair => AreEqual(pair.First, pair.Second));

    private string Format(object?[] arguments)
    {
        if (arguments[0] is not string pattern)
        {
            return "";
        }

        StringBuilder text = new();
        var next = 1;
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] == '{' && i + 1 < pattern.Length && pattern[i + 1] == '}' && next < arguments.Length)
            {
                text.Append(TextOf(arguments[next++]));
                i++;
            }
            else
            {
                text.Append(pattern[i]);
            }
        }

        return text.ToString();
    }
}
