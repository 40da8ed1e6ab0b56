using System.Globalization;
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

    /// <summary>Whether the program uses an operator that no entry lowers.</summary>
    public bool LacksOperator { get; private set; }

    /// <summary>The refusal of such an operator.</summary>
    /// <param name="what">What it is, and where the program is: "the operator … at …".</param>
    public FlamaException Unknown(string what)
    {
        LacksOperator = true;
        return TorchErrors.Unsupported($"{what} is not known");
    }

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
        whole.Graph.Output(name, value, outside, [.. tensor.Shape.Select(DimensionOf)]);
    }

    private static Dimension DimensionOf(object length) => length switch
    {
        < 0L => throw TorchErrors.Invalid("an answer has a negative length"),
        long known => Dimension.FromInt64(known),
        _ => default,
    };

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

    public string Cast(string value, TorchType from, TorchType to)
    {
        var (source, target) = (TorchTypes.Computed(from), TorchTypes.Computed(to));
        return source == target ? value : Node("Cast", [value], OnnxAttribute.Of("to", (long)target));
    }

    private void Count()
    {
        if (++nodes > MaxNodes)
        {
            throw TorchErrors.Limit($"its program becomes more than {MaxNodes} steps");
        }
    }
}
