using Flama.Onnx.Graphs;

namespace Flama.Keras.Graphs;

/// <summary>Types as Keras and TensorFlow name them.</summary>
internal static class ElementNames
{
    /// <summary>Finds a type; null for one that is not known.</summary>
    public static OnnxElementType? Find(string? name) => name switch
    {
        "float32" or "float" => OnnxElementType.Float32,
        "float64" or "double" => OnnxElementType.Float64,
        "float16" or "half" => OnnxElementType.Float16,
        "bfloat16" => OnnxElementType.BFloat16,
        "int8" => OnnxElementType.Int8,
        "int16" => OnnxElementType.Int16,
        "int32" => OnnxElementType.Int32,
        "int64" => OnnxElementType.Int64,
        "uint8" => OnnxElementType.UInt8,
        "uint16" => OnnxElementType.UInt16,
        "uint32" => OnnxElementType.UInt32,
        "uint64" => OnnxElementType.UInt64,
        "bool" => OnnxElementType.Boolean,
        "string" => OnnxElementType.String,
        _ => null,
    };
}
