namespace Flama.Onnx.Graphs;

/// <summary>The fields of each message that may be there once, as bits by their number.</summary>
/// <remarks>
/// Protobuf's own readers join the parts of a message that comes twice, and take the last of other values, but not of an unknown one: what is checked here and what ONNX Runtime
/// reads would not be the same.
/// </remarks>
internal static class SingularFields
{
    public const ulong Model = 1UL << 1 | 1UL << 2 | 1UL << 3 | 1UL << 4 | 1UL << 5 | 1UL << 6 | 1UL << 7;
    public const ulong Graph = 1UL << 2 | 1UL << 10;
    public const ulong Node = 1UL << 3 | 1UL << 4 | 1UL << 6 | 1UL << 7 | 1UL << 8;
    public const ulong Attribute = 1UL << AttributeFields.Name | 1UL << AttributeFields.Float | 1UL << AttributeFields.Integer | 1UL << AttributeFields.Text
        | 1UL << AttributeFields.Tensor | 1UL << AttributeFields.Graph | 1UL << 13 | 1UL << 14 | 1UL << AttributeFields.Type | 1UL << AttributeFields.Reference | 1UL << 22;

    public const ulong Function = 1UL << 1 | 1UL << 8 | 1UL << 10 | 1UL << 13;
    public const ulong Tensor = 1UL << 2 | 1UL << 3 | 1UL << 8 | 1UL << 9 | 1UL << 12 | 1UL << 14;
    public const ulong SparseTensor = 1UL << 1 | 1UL << 2;

    public const ulong Type = 1UL << 1 | 1UL << 4 | 1UL << 5 | 1UL << 6 | 1UL << 8 | 1UL << 9;

    /// <summary>Messages whose first two fields are single: opsets, pairs, values, maps, types of tensors.</summary>
    public const ulong Two = 1UL << 1 | 1UL << 2;

    /// <summary>The item of a sequence or an optional value.</summary>
    public const ulong One = 1UL << 1;
}
