using Flama.Keras.Graphs;
using Flama.Keras.TensorFlow.Before;
using Flama.Keras.Text;
using Flama.Onnx.Graphs;

namespace Flama.Keras.TensorFlow;

/// <content>What is computed before the graph: operations that ONNX has none for, and what they need of others.</content>
internal sealed partial class GraphLowering
{
    private readonly Dictionary<string, GraphTensor> tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Argument> arguments = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (GraphNode Node, Value[] Inputs, Value[] Made)> recipes = new(StringComparer.Ordinal);

    // What a step before the graph reads: a slot, or a constant.
    private sealed record Argument(HostValue? Host, HostTensor? Constant);

    /// <summary>The elements of a constant; null for what is no constant.</summary>
    public HostTensor? ConstantOf(Value value) => Find(value)?.Constant;

    /// <summary>Whether a value is there before the graph, or can be computed then.</summary>
    public bool IsBefore(Value value) => Find(value) is not null;

    /// <summary>Computes an operation before the graph; of constants alone it is computed now.</summary>
    /// <param name="node">The operation.</param>
    /// <param name="inputs">What it reads.</param>
    /// <param name="function">What computes it.</param>
    /// <param name="outputs">The types and shapes of what it makes.</param>
    /// <exception cref="FlamaException">It reads what only the graph computes.</exception>
    public Value[] Before(GraphNode node, IReadOnlyList<Value> inputs, HostFunction function, params IReadOnlyList<(OnnxElementType Type, long[] Shape)> outputs)
    {
        Argument[] given = [.. inputs.Select(input => Find(input) ?? throw KerasErrors.Unsupported(node.Name, $"is the operation {node.Op} of TensorFlow on what the graph has computed"))];
        ElementType[] types = [.. outputs.Select(output => OnnxElementTypes.ToElementType(output.Type) ?? throw KerasErrors.Unsupported(node.Name, $"({node.Op}) makes {output.Type}"))];
        if (Array.TrueForAll(given, argument => argument.Constant is not null))
        {
            var made = Run(node, function, [.. given.Select(argument => argument.Constant!)], types);
            return [.. made.Select(Constant)];
        }

        var fixedInputs = Array.ConvertAll(given, argument => argument.Constant);
        return G.AddHost(
            slots =>
            {
                var next = 0;
                var made = Run(node, function, [.. fixedInputs.Select(constant => constant ?? HostTensor.Of(slots[next++]))], types);
                return [.. made.Select(tensor => tensor.ToModel())];
            },
            [.. given.Where(argument => argument.Host is not null).Select(argument => argument.Host!)],
            outputs);
    }

    /// <summary>A constant.</summary>
    public Value Constant(HostTensor tensor)
    {
        if (tensor.IsText)
        {
            return Constant(new GraphTensor(OnnxElementType.String, tensor.Shape, default, tensor.Texts));
        }

        using var model = tensor.ToModel();
        return Constant(new GraphTensor(OnnxElementTypes.Of(tensor.Type), tensor.Shape, model.Bytes.ToArray(), []));
    }

    // Notes how a value could be computed before the graph, where all of its inputs are values.
    private void Note(GraphNode node, object?[] inputs, object?[] made)
    {
        if (HostFunctions.Find(node.Op) is null || !Array.TrueForAll(inputs, input => input is Value) || !Array.TrueForAll(made, output => output is Value))
        {
            return;
        }

        Value[] from = [.. inputs.Cast<Value>()], to = [.. made.Cast<Value>()];
        foreach (var output in to.Where(output => output.Host is null && !from.Any(input => input.Name == output.Name)))
        {
            recipes.TryAdd(output.Name, (node, from, to));
        }
    }

    // From a value backwards, without recursion; null where something is computed by the graph alone.
    private Argument? Find(Value value)
    {
        Stack<Value> left = new([value]);
        HashSet<string> waiting = new(StringComparer.Ordinal);
        while (left.TryPeek(out var next))
        {
            if (arguments.ContainsKey(next.Name) || Direct(next) is { } direct && arguments.TryAdd(next.Name, direct))
            {
                left.Pop();
                continue;
            }

            if (!recipes.TryGetValue(next.Name, out var recipe))
            {
                return null;
            }

            Value[] missing = [.. recipe.Inputs.Where(input => !arguments.ContainsKey(input.Name))];
            if (missing.Length > 0)
            {
                if (!waiting.Add(next.Name))
                {
                    return null;
                }

                Array.ForEach(missing, left.Push);
                continue;
            }

            left.Pop();
            var made = Before(recipe.Node, recipe.Inputs, HostFunctions.Find(recipe.Node.Op)!, [.. recipe.Made.Select(output => (output.Type, output.Shape))]);
            for (var i = 0; i < made.Length; i++)
            {
                arguments.TryAdd(recipe.Made[i].Name, arguments.GetValueOrDefault(made[i].Name) ?? Direct(made[i])!);
            }
        }

        return arguments[value.Name];
    }

    private Argument? Direct(Value value) =>
        tensors.TryGetValue(value.Name, out var tensor) ? new(null, HostTensor.Of(tensor))
        : value.Host is { } host ? new(host, null)
        : NumbersOf(value) is { } known && Array.TrueForAll(known, number => number is not null) && value.Rank <= 1 && value.Type is OnnxElementType.Int32 or OnnxElementType.Int64
            ? new(null, HostTensor.Of(OnnxElementTypes.ToElementType(value.Type)!.Value, [.. known.Select(number => number!.Value)], value.Rank == 0 ? [] : [known.Length]))
            : null;

    private static HostTensor[] Run(GraphNode node, HostFunction function, IReadOnlyList<HostTensor> inputs, ElementType[] types)
    {
        try
        {
            var made = function(node, inputs);
            return [.. types.Select((type, i) => made[i].Type == type ? made[i] : made[i].To(type))];
        }
        catch (Exception failure) when (failure is ArgumentException or IndexOutOfRangeException or OverflowException or InvalidCastException)
        {
            throw HostTensor.Invalid($"the operation '{SafeText.OneLine(node.Name, 100)}' ({node.Op}) does not fit its inputs");
        }
    }
}
