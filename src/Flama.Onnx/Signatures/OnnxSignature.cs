using Flama.Onnx.Checking;
using Flama.Onnx.Graphs;

namespace Flama.Onnx.Signatures;

/// <summary>What a graph takes and answers, as methods tell it. Immutable.</summary>
/// <param name="Inputs">The inputs in the graph's order.</param>
/// <param name="Outputs">The outputs in the graph's order.</param>
internal sealed record OnnxSignature(IReadOnlyList<TensorSpec> Inputs, IReadOnlyList<OutputSpec> Outputs)
{
    // Before this version of the format every constant is an input too, for no reason.
    private const long ConstantsAreNoInputs = 4;

    /// <summary>Whether all inputs and outputs are tensors whose first dimension is open, as that of examples is.</summary>
    public bool IsByExample =>
        Inputs.Count > 0
        && Inputs.All(input => input is { Structure: ArrayStructure.Tensor, IsOptional: false, Shape: [{ Length: null }, ..] })
        && Outputs.All(output => output is { Structure: ArrayStructure.Tensor, IsOptional: false, Shape: [{ Length: null }, ..] });

    /// <summary>Reads the signature of a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="name">What messages call its file.</param>
    /// <exception cref="FlamaException">An input or output is of a kind that a caller cannot give or take (<see cref="ErrorCodes.UnsupportedFormat"/>).</exception>
    public static OnnxSignature Of(OnnxProgram program, string name)
    {
        var graph = program.Graph!;
        var needed = NeededIn(program);
        HashSet<string> constants = [.. graph.Initializers.Select(tensor => tensor.Name), .. graph.SparseInitializers];
        List<TensorSpec> inputs = [];
        foreach (var input in graph.Inputs)
        {
            var isConstant = constants.Contains(input.Name);
            if (!isConstant || program.IrVersion >= ConstantsAreNoInputs)
            {
                var spec = InputOf(input, isConstant, name);
                inputs.Add(needed.Contains(input.Name) && !isConstant ? spec with { IsOptional = false } : spec);
            }
        }

        return graph.Outputs.Count == 0
            ? throw new FlamaException(ErrorCodes.InvalidModel, $"'{name}' has no outputs.", "Export the model again, with what it is to answer.")
            : new(inputs, [.. graph.Outputs.Select(output => OutputOf(output, name))]);
    }

    // Other operators than these two end the process of ONNX Runtime (1.31) where an optional value is not there.
    private static HashSet<string> NeededIn(OnnxProgram program)
    {
        HashSet<string> needed = new(StringComparer.Ordinal);
        if (program.Graph!.Inputs.Any(input => input.Type is OnnxType.Optional))
        {
            needed.UnionWith(OnnxNodes.All(program).Where(node => node.OperatorType is not ("OptionalHasElement" or "OptionalGetElement")).SelectMany(node => node.Inputs));
            needed.UnionWith(OnnxNodes.Graphs(program).SelectMany(graph => graph.Outputs).Select(output => output.Name));
        }

        return needed;
    }

    private static TensorSpec InputOf(OnnxValue value, bool isConstant, string name) => value.Type switch
    {
        OnnxType.Tensor tensor => Tensor(value, tensor, name) with { IsOptional = isConstant },
        OnnxType.Optional { Item: OnnxType.Tensor tensor } => Tensor(value, tensor, name) with { IsOptional = true },
        OnnxType.Sequence { Item: OnnxType.Tensor tensor } => Tensor(value, tensor, name) with { Structure = ArrayStructure.Sequence },
        OnnxType.Optional { Item: OnnxType.Sequence { Item: OnnxType.Tensor tensor } } =>
            Tensor(value, tensor, name) with { Structure = ArrayStructure.Sequence, IsOptional = true },
        OnnxType.Map { Value: OnnxType.Tensor tensor } map => Tensor(value, tensor, name) with { Structure = ArrayStructure.Map, KeyType = KeyOf(value, map, name) },
        OnnxType.Sequence { Item: OnnxType.Map { Value: OnnxType.Tensor tensor } map } =>
            Tensor(value, tensor, name) with { Structure = ArrayStructure.Maps, KeyType = KeyOf(value, map, name) },
        _ => throw Unsupported(value, value.Type?.GetType().Name ?? "a value of no known type", name),
    };

    private static OutputSpec OutputOf(OnnxValue value, string name) => value.Type switch
    {
        null => new(value.Name, ElementType.Mixed, null),
        OnnxType.Tensor tensor => Output(value, tensor, name),
        OnnxType.Optional { Item: OnnxType.Tensor tensor } => Output(value, tensor, name) with { IsOptional = true },
        OnnxType.Sequence { Item: OnnxType.Tensor tensor } => Output(value, tensor, name) with { Structure = ArrayStructure.Sequence },
        OnnxType.Optional { Item: OnnxType.Sequence { Item: OnnxType.Tensor tensor } } =>
            Output(value, tensor, name) with { Structure = ArrayStructure.Sequence, IsOptional = true },
        OnnxType.Map { Value: OnnxType.Tensor tensor } => Output(value, tensor, name) with { Structure = ArrayStructure.Map },
        OnnxType.Sequence { Item: OnnxType.Map { Value: OnnxType.Tensor tensor } } => Output(value, tensor, name) with { Structure = ArrayStructure.Maps },
        _ => throw Unsupported(value, value.Type.GetType().Name, name),
    };

    private static TensorSpec Tensor(OnnxValue value, OnnxType.Tensor tensor, string name) => new(value.Name, TypeOf(value, tensor, name), tensor.Shape);

    private static OutputSpec Output(OnnxValue value, OnnxType.Tensor tensor, string name) =>
        new(value.Name, tensor.Element == OnnxElementType.Undefined ? ElementType.Mixed : TypeOf(value, tensor, name), tensor.Shape);

    private static ElementType TypeOf(OnnxValue value, OnnxType.Tensor tensor, string name) =>
        !tensor.IsSparse && OnnxElementTypes.ToElementType(tensor.Element) is { } type ? type : throw Unsupported(value, $"{(tensor.IsSparse ? "a sparse tensor" : "a tensor")} of {tensor.Element}", name);

    private static ElementType KeyOf(OnnxValue value, OnnxType.Map map, string name) =>
        map.Key is OnnxElementType.String or OnnxElementType.Int64 ? OnnxElementTypes.ToElementType(map.Key)!.Value : throw Unsupported(value, $"a map by {map.Key}", name);

    private static FlamaException Unsupported(OnnxValue value, string what, string name) => new(
        ErrorCodes.UnsupportedFormat,
        $"'{name}' takes or answers {what} as '{SafeText.OneLine(value.Name, 100)}', which callers cannot give or read.",
        "Export the model with inputs and outputs of float16 to float64, bfloat16, integers, booleans or text.");
}
