namespace Flama.Onnx.Graphs;

/// <summary>What an attribute of a node holds, with the numbers that ONNX gives them.</summary>
public enum OnnxAttributeType
{
    /// <summary>Not told.</summary>
    Undefined = 0,

    /// <summary>A float32.</summary>
    Float = 1,

    /// <summary>A whole number.</summary>
    Integer = 2,

    /// <summary>Text, or bytes.</summary>
    Text = 3,

    /// <summary>A tensor.</summary>
    Tensor = 4,

    /// <summary>A graph of its own: a branch, the body of a loop.</summary>
    Graph = 5,

    /// <summary>A list of float32.</summary>
    Floats = 6,

    /// <summary>A list of whole numbers.</summary>
    Integers = 7,

    /// <summary>A list of texts.</summary>
    Texts = 8,

    /// <summary>A list of tensors.</summary>
    Tensors = 9,

    /// <summary>A list of graphs.</summary>
    Graphs = 10,

    /// <summary>A sparse tensor.</summary>
    SparseTensor = 11,

    /// <summary>A list of sparse tensors.</summary>
    SparseTensors = 12,

    /// <summary>The type of a value.</summary>
    Type = 13,

    /// <summary>A list of types.</summary>
    Types = 14,
}
