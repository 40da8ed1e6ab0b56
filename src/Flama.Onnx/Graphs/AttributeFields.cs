namespace Flama.Onnx.Graphs;

/// <summary>The numbers of the fields of an attribute.</summary>
internal static class AttributeFields
{
    public const int Name = 1;
    public const int Float = 2;
    public const int Integer = 3;
    public const int Text = 4;
    public const int Tensor = 5;
    public const int Graph = 6;
    public const int Floats = 7;
    public const int Integers = 8;
    public const int Texts = 9;
    public const int Tensors = 10;
    public const int Graphs = 11;
    public const int Type = 20;
    public const int Reference = 21;
}
