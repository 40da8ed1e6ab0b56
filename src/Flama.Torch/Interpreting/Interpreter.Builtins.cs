using System.Globalization;
using System.Runtime.CompilerServices;
using Flama.Torch.Archives;
using Flama.Torch.Lowering;

namespace Flama.Torch.Interpreting;

/// <content>What code calls on numbers, and what it asks about tensors.</content>
internal sealed partial class Interpreter
{
    private object? CallBuiltin(string name, object?[] arguments) => (name, arguments) switch
    {
        ("getattr", [PythonObject instance, string member]) => Member(instance, member),
        ("int", [var value]) => Whole(value),
        ("float", [string text]) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw NotNumber(text),
        ("float", [var value]) => SymMath.Apply("float", NumberOf(value)),
        ("bool", [string text]) => text.Length > 0,
        ("bool", [var value]) => SymMath.Apply("bool", NumberOf(value)),
        ("str", [var value]) => TextOf(value),
        ("isinstance", [var value, PythonPath type]) => IsInstance(value, type.Name),
        ("isinstance", [var value, PythonTuple types]) => types.Items.Any(type => type is PythonPath path && IsInstance(value, path.Name)),
        ("isinstance", [var value, PythonList types]) => types.Items.Exists(type => type is PythonPath path && IsInstance(value, path.Name)),
        _ => throw Graph.Unknown($"'{SafeText.OneLine(name, 60)}' {Place}"),
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

    private object Whole(object? value) => value is string text ? long.TryParse(text, CultureInfo.InvariantCulture, out var parsed) ? parsed : throw NotNumber(text)
        : NumberOf(value) switch { long whole => whole, Sym { Kind: var kind } sym when kind == typeof(long) => sym, var number => SymMath.Apply("int", number) };

    private object NumberOf(object? value) => Caller.Number(value) ?? throw TorchErrors.Invalid($"a number is expected {Place}");

    private FlamaException NotNumber(string text) => TorchErrors.Invalid($"'{SafeText.OneLine(text, 30)}' is read as a number {Place}");

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
            case ("min" or "max", [PythonList { Items.Count: > 0 } list]):
                Count(list.Items.Count / ItemsPerStep);
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
                throw Graph.Unknown($"the operator prim::{SafeText.OneLine(name, 60)} {Place}");
        }
    }

    private object? CallOperator(string name, object?[] arguments, List<KeyValuePair<string, object?>> keywords) =>
        TryPlain(name, arguments, out var result) ? result : Caller.Call(name, arguments, keywords);

    private bool TryPlain(string name, object?[] arguments, out object? result)
    {
        result = name switch
        {
            "device" => new PythonDevice(arguments is [string device, ..] ? device : "cpu"),
            "warn" or "manual_seed" => null,
            "is_grad_enabled" or "is_autocast_enabled" or "is_autocast_cpu_enabled" or "is_scripting" or "is_tracing" => false,
            "format" => Format(arguments),
            "__is__" when arguments is [var a, var b] => IsSame(a, b),
            "__isnot__" when arguments is [var a, var b] => !IsSame(a, b),
            "__not__" when arguments is [var a] && Caller.Number(a) is { } number => SymMath.Apply("not", number),
            "__range_length" when arguments is [var low, var high, var step] => RangeLength(NumberOf(low), NumberOf(high), Caller.Whole(step, "a step")),
            "__derive_index" when arguments is [var turn, var start, var step] => SymMath.Add(NumberOf(start), SymMath.Mul(NumberOf(turn), NumberOf(step))),
            _ => this,
        };
        if (!ReferenceEquals(result, this))
        {
            return true;
        }

        result = arguments switch
        {
            [PythonTuple or PythonList, PythonTuple or PythonList] when name is "eq" or "ne" => AreEqual(arguments[0], arguments[1]) == (name == "eq"),
            [PythonList list, ..] => OnList(name, list, arguments),
            [PythonDict dict, ..] => OnDict(name, dict, arguments),
            [string text, ..] => OnText(name, text, arguments),
            [PythonTuple tuple] when name == "len" => (long)tuple.Items.Count,
            [PythonDevice one, PythonDevice other] when name is "eq" or "ne" => one == other == (name == "eq"),
            [var a, var b] when IsNumber(a) && IsNumber(b) => OnNumbers(name, a!, b!),
            [var a] when IsNumber(a) => OnNumber(name, a!),
            [Tensor { Rank: > 0 } tensor] when name == "len" => tensor.Shape[0],
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

    private static object RangeLength(object low, object high, long step)
    {
        var distance = step > 0 ? SymMath.Sub(high, low) : SymMath.Sub(low, high);
        var size = (long)SymMath.Apply("abs", step);
        return SymMath.Apply("max", 0L, SymMath.FloorDiv(SymMath.Add(distance, size - 1), size));
    }

    private static bool IsSame(object? a, object? b) => ReferenceEquals(a, b) || (a is bool one && b is bool other && one == other);

    private bool AreEqual(object? a, object? b)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        Count(1);
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
}
