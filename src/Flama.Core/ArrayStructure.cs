namespace Flama;

/// <summary>What an array of a tensor method is made of.</summary>
public enum ArrayStructure
{
    /// <summary>One tensor: a <see cref="ModelTensor"/>.</summary>
    Tensor,

    /// <summary>Tensors in order: a <see cref="ModelSequence"/>.</summary>
    Sequence,

    /// <summary>Single values by key: a <see cref="ModelMap"/>.</summary>
    Map,

    /// <summary>Maps in order, one per row: a <see cref="ModelSequence"/> of <see cref="ModelMap"/>.</summary>
    Maps,
}
