using Flama.Torch.Archives;

namespace Flama.Torch.Lowering;

/// <summary>What a tensor holds: a value of the graph, or a constant that is not in it yet. Immutable.</summary>
/// <param name="Type">The type of its elements as the program sees it.</param>
/// <param name="Shape">Its lengths: long or <see cref="Sym"/>.</param>
internal sealed record TensorValue(TorchType Type, TensorShape Shape)
{
    /// <summary>The name of the value in the graph; null for a constant.</summary>
    public string? Name { get; init; }

    /// <summary>A constant of the file.</summary>
    public StoredTensor? Stored { get; init; }

    /// <summary>What a tensor without dimensions holds, where it is known or computed of lengths: long, double, bool or <see cref="Sym"/>.</summary>
    public object? Scalar { get; init; }

    /// <summary>Whether it stands for a number of Python, which never widens a type of its category.</summary>
    public bool IsNumber { get; init; }
}
