using Flama.Keras.Files;
using Flama.Keras.Graphs;
using Flama.Keras.Layers;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Models;

/// <summary>Writes a whole model of Keras as a graph.</summary>
internal static class ModelLowering
{
    /// <summary>Writes the model.</summary>
    public static LoweredModel Lower(KerasFile file)
    {
        var model = LayerFactory.Create(file.Model, file, 0);
        file.Bind(model);
        Lowering g = new(new OnnxGraphBuilder(), file.Budget);
        List<TensorSpec> inputs = [];
        List<object?> values = [];
        IReadOnlyList<(string Name, string Type, long[] Shape)> takes = model switch
        {
            FunctionalModel functional => [.. functional.Inputs.Select(input => (input.Name, input.Type, input.Shape))],
            SequentialModel sequential => [sequential.Takes],
            _ => throw KerasErrors.Custom(model.Name, $"of the class '{model.Config.ClassName}', which is not a model"),
        };
        foreach (var (name, type, shape) in takes)
        {
            var element = ElementNames.Find(type) ?? throw KerasErrors.Unsupported(name, $"takes {type}");
            values.Add(g.Input(name, element, shape));
            inputs.Add(new TensorSpec(name, OnnxElementTypes.ToElementType(element)!.Value, Shape(shape)));
        }

        var result = model.Call(g, new LayerCall(values.Count == 1 ? values : [values], NoKeywords.Value));
        List<OutputSpec> outputs = [];
        foreach (var (name, value) in Named(model, result))
        {
            var output = value.Declared is { } declared && value.IsFloat ? g.Cast(value, declared) : value;
            var shape = Shape(output.Shape);
            var unique = Unique(name, outputs);
            g.Output($"{unique} out", output, shape);
            outputs.Add(new OutputSpec(unique, OnnxElementTypes.ToElementType(output.Type)!.Value, shape));
        }

        return new(g, inputs, outputs, "keras", file.Version, model.Config.ClassName);
    }

    private static IEnumerable<(string Name, Value Value)> Named(Layer model, object result)
    {
        if (result is IReadOnlyDictionary<string, object?> named)
        {
            return [.. named.Select(member => (member.Key, member.Value as Value ?? throw KerasErrors.Unsupported(model.Name, "answers nested dictionaries")))];
        }

        var values = FunctionalModel.Flatten(result);
        var names = model is FunctionalModel functional ? functional.OutputNames : ["output"];
        return values.Select((value, i) => (i < names.Count ? names[i] : "output", value));
    }

    private static string Unique(string name, List<OutputSpec> outputs)
    {
        var unique = name;
        for (var i = 1; outputs.Exists(output => output.Name == unique); i++)
        {
            unique = $"{name}_{i}";
        }

        return unique;
    }

    private static Dimension[] Shape(long[] shape) => [.. shape.Select((length, i) => length >= 0 ? length : i == 0 ? Dimension.Rows : Dimension.Any)];
}
