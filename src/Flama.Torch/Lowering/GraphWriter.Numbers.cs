using System.Globalization;
using System.Runtime.CompilerServices;
using Flama.Onnx.Graphs;
using Flama.Torch.Archives;

namespace Flama.Torch.Lowering;

/// <content>Numbers and lengths as values of the graph.</content>
internal sealed partial class GraphWriter
{
    /// <summary>A number as a value without dimensions.</summary>
    public string Number(object number, TorchType type)
    {
        if (number is Sym sym)
        {
            var own = sym.Kind == typeof(long) ? TorchType.Int64 : sym.Kind == typeof(bool) ? TorchType.Bool : TorchType.Double;
            return Cast(ValueOf(sym), own, type);
        }

        var computed = TorchTypes.Computed(type);
        var key = string.Create(CultureInfo.InvariantCulture, $"n:{computed}:{(number is double exact ? BitConverter.DoubleToInt64Bits(exact) : number)}:{number.GetType().Name}");
        return whole.Find(key) ?? whole.Keep(key, whole.Graph.Constant(new OnnxTensor(whole.Graph.NewName("number"), computed, [], BytesOf(number, computed))));
    }

    /// <summary>Lengths as a vector.</summary>
    public string Lengths(params IReadOnlyList<object> lengths)
    {
        if (lengths.All(static length => length is long))
        {
            return Vector([.. lengths.Cast<long>()]);
        }

        var key = $"l:{string.Join(',', lengths.Select(Sym.KeyOf))}";
        if (Scope.Find(key) is { } found)
        {
            return found;
        }

        var parts = lengths.Select(LengthAsVector).ToList();
        return Scope.Keep(key, parts.Count == 1 ? parts[0] : Node("Concat", parts, OnnxAttribute.Of("axis", 0L)));
    }

    private string LengthAsVector(object length) => length switch
    {
        long known => Vector(known),
        bool known => Vector(known ? 1 : 0),
        Sym sym => Node("Unsqueeze", [ValueOf(sym), Vector(0)]),
        _ => throw TorchErrors.Invalid("a length is not a whole number"),
    };

    /// <summary>A length that only a run tells.</summary>
    public Sym LengthOf(string value, int dimension)
    {
        var shape = Node("Shape", [value], OnnxAttribute.Of("start", (long)dimension), OnnxAttribute.Of("end", dimension + 1L));
        return Sym.Data(Node("Squeeze", [shape, Vector(0)]), typeof(long));
    }

    private string ValueOf(Sym sym)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (sym.Operation == "data")
        {
            return (string)sym.Arguments[0];
        }

        // What is computed of lengths of inputs alone can be read everywhere; other things belong to where they are computed.
        var place = sym.Hint is null ? Scope : whole;
        if (place.Find(sym.Key) is { } found)
        {
            return found;
        }

        var before = Scope;
        Scope = place;
        try
        {
            return place.Keep(sym.Key, sym.Operation == "length" ? LengthValue(sym) : Computed(sym));
        }
        finally
        {
            Scope = before;
        }
    }

    private string LengthValue(Sym sym)
    {
        var (input, dimension) = ((int)(long)sym.Arguments[0], (long)sym.Arguments[1]);
        var shape = Node("Shape", [inputs[input]], OnnxAttribute.Of("start", dimension), OnnxAttribute.Of("end", dimension + 1));
        return Node("Squeeze", [shape, Vector(0)]);
    }

    private string Computed(Sym sym)
    {
        var comparison = sym.Operation is "eq" or "ne" or "lt" or "le" or "gt" or "ge";
        var isFloating = Array.Exists(sym.Arguments, static argument => Sym.KindOf(argument) == typeof(double));
        var type = sym.Operation is "truediv" or "float" or "sqrt" || isFloating ? TorchType.Double : TorchType.Int64;
        if (sym.Operation is "not" or "and" or "or" && sym.Kind == typeof(bool))
        {
            type = TorchType.Bool;
        }

        var values = sym.Arguments.Select(argument => Number(argument, type)).ToArray();
        return sym.Operation switch
        {
            "add" => Node("Add", values),
            "sub" => Node("Sub", values),
            "mul" => Node("Mul", values),
            "truediv" => Node("Div", values),
            "floordiv" when type == TorchType.Double => Node("Floor", [Node("Div", values)]),
            "floordiv" => Node("Div", [Node("Sub", [values[0], Node("Mod", values)]), values[1]]),
            "mod" => Node("Mod", values),
            "fmod" => Node("Mod", values, OnnxAttribute.Of("fmod", 1L)),
            "pow" => Node("Pow", values),
            "min" => Node("Min", values),
            "max" => Node("Max", values),
            "and" => Node("And", values),
            "or" => Node("Or", values),
            "neg" => Node("Neg", values),
            "abs" => Node("Abs", values),
            "sqrt" => Node("Sqrt", values),
            "not" => Node("Not", values),
            "float" => values[0],
            "bool" => Node("Cast", values, OnnxAttribute.Of("to", (long)OnnxElementType.Boolean)),
            "int" => Cast(values[0], type, TorchType.Int64),
            "ceil" => Cast(type == TorchType.Double ? Node("Ceil", values) : values[0], type, TorchType.Int64),
            "floor" => Cast(type == TorchType.Double ? Node("Floor", values) : values[0], type, TorchType.Int64),
            "round" => Node("Round", values),
            "eq" => Node("Equal", values),
            "ne" => Node("Not", [Node("Equal", values)]),
            "lt" => Node("Less", values),
            "le" => Node("LessOrEqual", values),
            "gt" => Node("Greater", values),
            "ge" => Node("GreaterOrEqual", values),
            _ => throw TorchErrors.Unsupported($"it computes '{sym.Operation}' of {(comparison ? "numbers" : "lengths")} that are known at run time only"),
        };
    }

    private static byte[] BytesOf(object number, OnnxElementType type) => type switch
    {
        OnnxElementType.Float32 => BitConverter.GetBytes((float)SymMath.ToDouble(number)),
        OnnxElementType.Float64 => BitConverter.GetBytes(SymMath.ToDouble(number)),
        OnnxElementType.Boolean => [SymMath.ToDouble(number) != 0 ? (byte)1 : (byte)0],
        OnnxElementType.Int32 => BitConverter.GetBytes((int)Integral(number)),
        OnnxElementType.Int16 => BitConverter.GetBytes((short)Integral(number)),
        OnnxElementType.Int8 or OnnxElementType.UInt8 => [(byte)Integral(number)],
        _ => BitConverter.GetBytes(Integral(number)),
    };

    private static long Integral(object number) => number switch { long whole => whole, bool truth => truth ? 1 : 0, double exact => (long)exact, _ => 0 };
}
