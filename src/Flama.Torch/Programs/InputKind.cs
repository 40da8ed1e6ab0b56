namespace Flama.Torch.Programs;

/// <summary>What a program takes at one place.</summary>
internal enum InputKind
{
    Tensor,
    TensorList,
    Integer,
    Float,
    Boolean,
    Text,
    TextList,
    Tuple,
    Dict,

    /// <summary>What a caller cannot give: always left out.</summary>
    Other,
}
