using System.Globalization;
using System.Runtime.InteropServices;
using Flama.Onnx.Graphs;
using Flama.Torch.Archives;

namespace Flama.Torch.Lowering;

/// <summary>The graph that a program is lowered to: nodes, constants, numbers and lengths as values. Not thread-safe.</summary>
internal sealed partial class GraphWriter
{
    /// <summary>The version of ONNX's operators that graphs are written in.</summary>
    public const int Opset = 20;

    private const int MaxNodes = 400_000;

    private readonly Scope whole = new(new OnnxGraphBuilder(), null);
    private readonly Dictionary<StoredTensor, string> constants = new(ReferenceEqualityComparer.Instance);
    private readonly List<string> inputs = [];
    private int nodes;

    public GraphWriter() => Scope = whole;

    /// <summary>Where nodes are added.</summary>
    public Scope Scope { get; set; }

    public Scope Whole => whole;

    public GuardSet Guards { get; } = new();

    /// <summary>Conditions that a run has to meet: the name of a truth value, and the message where it is false.</summary>
    public List<KeyValuePair<string, string>> Checks { get; } = [];

    /// <summary>Adds an input.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">The type of its elements.</param>
    /// <param name="shape">Its lengths in the call at hand.</param>
    /// <param name="fixedShape">Lengths that the program fixes; null for one that it does not.</param>
    public Tensor Input(string name, TorchType type, IReadOnlyList<long> shape, IReadOnlyList<long?>? fixedShape = null)
    {
        var index = inputs.Count;
        inputs.Add(name);
        var outside = TorchTypes.Outside(type);
        whole.Graph.Input(name, outside, [.. Enumerable.Range(0, shape.Count).Select(i => fixedShape?[i] is { } length ? Dimension.FromInt64(length) : new Dimension(null, string.Create(CultureInfo.InvariantCulture, $"{name}_{i}")))]);
        var value = outside == TorchTypes.Computed(type) ? name : Node("Cast", [name], OnnxAttribute.Of("to", (long)TorchTypes.Computed(type)));
        return Of(value, type, [.. shape.Select((length, i) => fixedShape?[i] is { } known ? (object)known : Sym.Length(index, i, length))]);
    }

    /// <summary>Adds an output.</summary>
    public void Output(string name, Tensor tensor)
    {
        var outside = TorchTypes.Outside(tensor.Type);
        var value = NameOf(tensor);
        value = outside == TorchTypes.Computed(tensor.Type) ? value : Node("Cast", [value], OnnxAttribute.Of("to", (long)outside));
        whole.Graph.Output(name, value, outside, [.. tensor.Shape.Select(length => length is long known ? Dimension.FromInt64(known) : default)]);
    }

    public OnnxProgram ToProgram() => whole.Graph.ToProgram(Opset);

    /// <summary>Adds a node of one value.</summary>
    public string Node(string type, IReadOnlyList<string> values, params IReadOnlyList<OnnxAttribute> attributes)
    {
        Count();
        return Scope.Graph.Add(type, values, attributes);
    }

    /// <summary>Adds a node of several values.</summary>
    public IReadOnlyList<string> Nodes(string type, int outputs, IReadOnlyList<string> values, params IReadOnlyList<OnnxAttribute> attributes)
    {
        Count();
        return Scope.Graph.Add(type, outputs, values, attributes);
    }

    /// <summary>A tensor over a value of the graph.</summary>
    public Tensor Of(string name, TorchType type, object[] shape) => new(new TensorValue(type, shape) { Name = name }, Scope);

    /// <summary>A tensor over a constant of the file.</summary>
    public Tensor Of(StoredTensor stored) => new(ValueOf(stored), whole);

    public static TensorValue ValueOf(StoredTensor stored) =>
        new(stored.Type, [.. stored.Shape.Select(length => (object)length)]) { Stored = stored, Scalar = stored.Shape.Count == 0 ? stored.Scalar() : null };

    /// <summary>A tensor without dimensions that holds a number.</summary>
    /// <param name="number">A long, double, bool or <see cref="Sym"/>.</param>
    /// <param name="type">Its type.</param>
    /// <param name="isNumber">Whether it stands for a number of Python.</param>
    public Tensor OfNumber(object number, TorchType type, bool isNumber = false) => new(new TensorValue(type, []) { Scalar = number, IsNumber = isNumber }, Scope);

    public string NameOf(Tensor tensor) => NameOf(tensor.Value);

    /// <summary>The name of a value, which is added to the graph where it is not there yet.</summary>
    public string NameOf(TensorValue value) => value.Name
        ?? (value.Scalar is { } scalar ? Number(scalar, value.Type)
            : value.Stored is { } stored ? Constant(stored) : throw TorchErrors.Invalid("a tensor without a value is read"));

    /// <summary>A constant vector of whole numbers.</summary>
    public string Vector(params ReadOnlySpan<long> numbers)
    {
        var key = $"v:{string.Join(',', numbers.ToArray())}";
        return whole.Find(key) ?? whole.Keep(key, whole.Graph.Constant(numbers, numbers.Length));
    }

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

        var parts = lengths.Select(length => length is long known ? Vector(known) : Node("Unsqueeze", [ValueOf((Sym)length), Vector(0)])).ToList();
        return Scope.Keep(key, parts.Count == 1 ? parts[0] : Node("Concat", parts, OnnxAttribute.Of("axis", 0L)));
    }

    public string Cast(string value, TorchType from, TorchType to)
    {
        var (source, target) = (TorchTypes.Computed(from), TorchTypes.Computed(to));
        return source == target ? value : Node("Cast", [value], OnnxAttribute.Of("to", (long)target));
    }

    /// <summary>A length that only a run tells.</summary>
    public Sym LengthOf(string value, int dimension)
    {
        var shape = Node("Shape", [value], OnnxAttribute.Of("start", (long)dimension), OnnxAttribute.Of("end", dimension + 1L));
        return Sym.Data(Node("Squeeze", [shape, Vector(0)]), typeof(long));
    }

    private string ValueOf(Sym sym)
    {
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

    private string Constant(StoredTensor stored)
    {
        if (!constants.TryGetValue(stored, out var name))
        {
            if (TorchTypes.IsComplex(stored.Type))
            {
                throw TorchErrors.Unsupported("it computes with complex numbers");
            }

            constants[stored] = name = whole.Graph.Constant(new OnnxTensor(whole.Graph.NewName("weight"), TorchTypes.Computed(stored.Type), stored.Shape, Widened(stored)));
        }

        return name;
    }

    private static ReadOnlyMemory<byte> Widened(StoredTensor stored)
    {
        var bytes = stored.ReadBytes();
        if (stored.Type is not (TorchType.Half or TorchType.BFloat16))
        {
            return bytes;
        }

        var wide = new float[bytes.Length / 2];
        var halves = MemoryMarshal.Cast<byte, ushort>(bytes.Span);
        for (var i = 0; i < wide.Length; i++)
        {
            wide[i] = stored.Type == TorchType.Half ? (float)BitConverter.UInt16BitsToHalf(halves[i]) : BitConverter.UInt32BitsToSingle((uint)halves[i] << 16);
        }

        return MemoryMarshal.AsBytes(wide.AsSpan()).ToArray();
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

    private void Count()
    {
        if (++nodes > MaxNodes)
        {
            throw TorchErrors.Limit($"its program becomes more than {MaxNodes} steps");
        }
    }
}
