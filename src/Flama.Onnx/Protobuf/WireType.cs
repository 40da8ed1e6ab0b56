namespace Flama.Onnx.Protobuf;

/// <summary>How the value of a field is laid out.</summary>
internal enum WireType
{
    /// <summary>A number of seven bits a byte.</summary>
    Varint = 0,

    /// <summary>Eight bytes, little-endian.</summary>
    Fixed64 = 1,

    /// <summary>A length and that many bytes.</summary>
    Bytes = 2,

    /// <summary>Four bytes, little-endian.</summary>
    Fixed32 = 5,
}
