using System.Globalization;
using Flama.Onnx.Graphs;

namespace Flama.Keras.Graphs;

/// <content>Graphs that are the bodies of loops and the branches of conditions.</content>
internal sealed partial class Lowering
{
    private int parameters;

    /// <summary>Adds what the body takes.</summary>
    public Value Parameter(OnnxElementType type, long[] shape)
    {
        // The space keeps it apart from names that the builder makes.
        var name = builder.Input(string.Create(CultureInfo.InvariantCulture, $"parameter {Root.parameters++}"), type, Dimensions(shape));
        return new Value(name, type, shape);
    }

    /// <summary>Adds what the body gives.</summary>
    public void Result(Value value) => builder.Output(string.Create(CultureInfo.InvariantCulture, $"result {Root.parameters++}"), value.Name, value.Type, Dimensions(value.Shape));
}
