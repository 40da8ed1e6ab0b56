using System.Text.Json;
using Flama.Keras.Graphs;
using Flama.Keras.Layers;
using Flama.Keras.Layers.Core;

namespace Flama.Keras.Models;

/// <summary>A model of layers that are called with one another's outputs; also as a layer of another model.</summary>
internal sealed class FunctionalModel : Layer
{
    private const int MaxLayers = 20_000;

    private readonly Dictionary<string, (Layer Layer, List<LayerNode> Nodes)> layers = new(StringComparer.Ordinal);
    private readonly object inputs;
    private readonly object outputs;
    private readonly Dictionary<string, int> shifts;
    private readonly Dictionary<string, int> outputShifts;

    public FunctionalModel(LayerConfig config)
        : base(config)
    {
        if (config.Find("layers") is not { ValueKind: JsonValueKind.Array } list || list.GetArrayLength() > MaxLayers)
        {
            throw config.Missing("layers");
        }

        LayerPaths paths = new();
        foreach (var spec in list.EnumerateArray())
        {
            var layer = LayerFactory.Create(spec, config.File, config.Depth + 1);
            var nodes = NodeReader.Read(spec.TryGetProperty("inbound_nodes", out var found) ? found : default);
            if (!layers.TryAdd(layer.Name, (layer, nodes)))
            {
                throw KerasErrors.Invalid($"two layers are named '{layer.Name}'");
            }

            Part(layer is Operation ? "" : paths.Next(layer), layer);
        }

        inputs = References("input_layers");
        outputs = References("output_layers");
        shifts = Shifts(layers.Values.SelectMany(layer => layer.Nodes).SelectMany(node => node.Operands));
        outputShifts = Shifts(new LayerNode([outputs], NoKeywords.Value).Operands);
    }

    /// <summary>The layers that take the model's inputs, in its order.</summary>
    public IReadOnlyList<InputLayer> Inputs => [.. InputOperands().Select(input =>
        layers.TryGetValue(input.Layer, out var found) && found.Layer is InputLayer layer ? layer : throw KerasErrors.Invalid($"input '{input.Layer}' is no input layer"))];

    /// <summary>The names of the outputs' layers or of the dictionary's keys, in the model's order.</summary>
    public IReadOnlyList<string> OutputNames => outputs switch
    {
        Operand operand => [operand.Layer],
        IReadOnlyList<object?> list => [.. list.OfType<Operand>().Select(operand => operand.Layer)],
        _ => [.. ((IReadOnlyDictionary<string, object?>)outputs).Keys],
    };

    /// <inheritdoc/>
    public override object Call(Lowering g, LayerCall call)
    {
        Dictionary<(string, int), object> made = [];
        var given = GivenInputs(call);
        var asked = InputOperands();
        if (given.Count != asked.Count)
        {
            throw KerasErrors.Invalid($"model '{Name}' takes {asked.Count} inputs and is called with {given.Count}");
        }

        for (var i = 0; i < asked.Count; i++)
        {
            made[(asked[i].Layer, 0)] = given[i];
        }

        Run(g, made);
        return Resolve(outputs, made, outputShifts)!;
    }

    private IReadOnlyList<Operand> InputOperands() => inputs switch
    {
        Operand operand => [operand],
        IReadOnlyList<object?> list => [.. list.OfType<Operand>()],
        _ => [.. ((IReadOnlyDictionary<string, object?>)inputs).Values.OfType<Operand>()],
    };

    private IReadOnlyList<Value> GivenInputs(LayerCall call)
    {
        if (call.Arguments is [IReadOnlyDictionary<string, object?> named])
        {
            IEnumerable<string> keys = inputs is IReadOnlyDictionary<string, object?> own ? own.Keys : InputOperands().Select(input => input.Layer);
            return [.. keys.Select(key => named.TryGetValue(key, out var value) && value is Value found ? found : throw KerasErrors.Invalid($"model '{Name}' is called without '{key}'"))];
        }

        return call.Values(this);
    }

    // Calls whose operands are there, from the outputs backwards, without recursion.
    private void Run(Lowering g, Dictionary<(string, int), object> made)
    {
        HashSet<(string, int)> waiting = [];
        Stack<(string Layer, int Call)> left = new(new LayerNode([outputs], NoKeywords.Value).Operands.Select(operand => Shifted(operand, outputShifts)));
        while (left.TryPeek(out var next))
        {
            if (made.ContainsKey(next))
            {
                left.Pop();
                continue;
            }

            if (!layers.TryGetValue(next.Layer, out var found) || next.Call < 0 || next.Call >= found.Nodes.Count)
            {
                throw KerasErrors.Invalid($"there is no call {next.Call} of layer '{next.Layer}'");
            }

            var node = found.Nodes[next.Call];
            var missing = node.Operands.Select(operand => Shifted(operand, shifts)).Where(operand => !made.ContainsKey(operand)).ToList();
            if (missing.Count == 0)
            {
                left.Pop();
                made[next] = Invoke(g, found.Layer, node, made);
            }
            else if (!waiting.Add(next))
            {
                throw KerasErrors.Invalid($"the layers go in circles at '{next.Layer}'");
            }
            else
            {
                missing.ForEach(left.Push);
            }
        }
    }

    private object Invoke(Lowering g, Layer layer, LayerNode node, Dictionary<(string, int), object> made)
    {
        var keywords = node.Keywords.ToDictionary(member => member.Key, member => Resolve(member.Value, made, shifts), StringComparer.Ordinal);
        if (keywords.GetValueOrDefault("training") is true && layer is not Operation && layer.DependsOnTraining)
        {
            throw KerasErrors.Unsupported(layer.Name, "is called with training=True");
        }

        return layer.Call(g, new LayerCall([.. node.Arguments.Select(argument => Resolve(argument, made, shifts))], keywords));
    }

    private static object? Resolve(object? value, Dictionary<(string, int), object> made, Dictionary<string, int> shifts) => value switch
    {
        Operand operand => Pick(made[Shifted(operand, shifts)], operand),
        IReadOnlyList<object?> list => list.Select(item => Resolve(item, made, shifts)).ToList(),
        IReadOnlyDictionary<string, object?> named => named.ToDictionary(member => member.Key, member => Resolve(member.Value, made, shifts), StringComparer.Ordinal),
        _ => value,
    };

    private static Value Pick(object result, Operand operand)
    {
        var values = Flatten(result);
        return operand.Output >= 0 && operand.Output < values.Count ? values[operand.Output] : throw KerasErrors.Invalid($"layer '{operand.Layer}' has no output {operand.Output}");
    }

    /// <summary>The values of a result in order.</summary>
    public static List<Value> Flatten(object? result) => result switch
    {
        Value value => [value],
        IReadOnlyList<object?> list => [.. list.SelectMany(Flatten)],
        IReadOnlyDictionary<string, object?> named => [.. named.OrderBy(member => member.Key, StringComparer.Ordinal).SelectMany(member => Flatten(member.Value))],
        _ => [],
    };

    private static (string, int) Shifted(Operand operand, Dictionary<string, int> shifts) => (operand.Layer, operand.Call - shifts.GetValueOrDefault(operand.Layer));

    // Calls of models in models are counted from 1 where the model's own making counts as the first.
    private Dictionary<string, int> Shifts(IEnumerable<Operand> operands)
    {
        Dictionary<string, int> found = new(StringComparer.Ordinal);
        foreach (var calls in operands.GroupBy(operand => operand.Layer, StringComparer.Ordinal))
        {
            if (layers.TryGetValue(calls.Key, out var layer) && layer.Layer is FunctionalModel or SequentialModel && (calls.Min(call => call.Call) > 0 || calls.Max(call => call.Call) >= layer.Nodes.Count))
            {
                found[calls.Key] = 1;
            }
        }

        return found;
    }

    private object References(string name) => Config.Find(name) is { } value && NodeReader.ReadOutputs(value) is { } read && read is Operand or IReadOnlyList<object?> { Count: > 0 } or IReadOnlyDictionary<string, object?>
        ? read is IReadOnlyList<object?> { Count: 1 } one && one[0] is Operand only ? only : read
        : throw Config.Missing(name);
}
