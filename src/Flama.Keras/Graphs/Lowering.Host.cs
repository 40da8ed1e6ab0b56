using System.Globalization;
using Flama.Keras.Text;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Graphs;

/// <content>What happens before the graph.</content>
internal sealed partial class Lowering
{
    /// <summary>Adds an input of the model; inputs come before everything else.</summary>
    public Value Input(string name, OnnxElementType type, long[] shape)
    {
        if (name.Length == 0 || builder.Graph.Inputs.Any(input => input.Name == name))
        {
            throw KerasErrors.Invalid($"an input has no name of its own, '{name}'");
        }

        builder.Input(name, type, Dimensions(shape));
        return new Value(name, type, shape) { Host = Host.Reserve(name) };
    }

    /// <summary>Adds a step before the graph.</summary>
    /// <param name="operation">What it does.</param>
    /// <param name="inputs">What it reads.</param>
    /// <param name="outputs">The types and shapes of what it makes.</param>
    public Value[] AddHost(HostOperation operation, IReadOnlyList<HostValue> inputs, params IReadOnlyList<(OnnxElementType Type, long[] Shape)> outputs)
    {
        List<Value> made = [];
        foreach (var (type, shape) in outputs)
        {
            // The space keeps it apart from names that the builder makes.
            var name = string.Create(CultureInfo.InvariantCulture, $"before {Host.Names.Count}");
            Root.Builder.Input(name, type, Dimensions(shape));
            made.Add(new Value(name, type, shape) { Host = Host.Reserve(name) });
        }

        Host.Steps.Add(new HostStep(operation, [.. inputs.Select(input => input.Slot)], [.. made.Select(value => value.Host!.Slot)]));
        return [.. made];
    }

    /// <summary>A shape as signatures tell it.</summary>
    public static Dimension[] Dimensions(long[] shape) => [.. shape.Select(length => length < 0 ? Dimension.Any : length)];
}
