namespace Flama.Torch.Archives;

/// <summary>Types of elements, with the numbers that serialized code has for them.</summary>
internal enum TorchType
{
    UInt8 = 0,
    Int8 = 1,
    Int16 = 2,
    Int32 = 3,
    Int64 = 4,
    Half = 5,
    Float = 6,
    Double = 7,
    Complex64 = 9,
    Complex128 = 10,
    Bool = 11,
    QInt8 = 12,
    QUInt8 = 13,
    QInt32 = 14,
    BFloat16 = 15,
}
