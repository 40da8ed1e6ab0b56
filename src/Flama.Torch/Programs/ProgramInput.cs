namespace Flama.Torch.Programs;

/// <summary>What a program takes: an array, or a tuple or dict of such. Immutable.</summary>
/// <param name="Name">The name of the array; parts are named by their path, <c>state.0</c>.</param>
/// <param name="Kind">What it is.</param>
internal sealed record ProgramInput(string Name, InputKind Kind)
{
    /// <summary>Whether it may be left out.</summary>
    public bool IsOptional { get; init; }

    /// <summary>The parts of a tuple or dict.</summary>
    public IReadOnlyList<ProgramInput> Parts { get; init; } = [];

    /// <summary>The keys of a dict.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];

    /// <summary>The type of the elements of a tensor, where it is known.</summary>
    public Archives.TorchType? Type { get; init; }

    /// <summary>The lengths of a tensor, where their number is known; null for one that is open.</summary>
    public IReadOnlyList<long?>? Shape { get; init; }

    /// <summary>The lengths of an example, where there is one.</summary>
    public IReadOnlyList<long>? Example { get; init; }

    /// <summary>Whether an array is its value for the graph, and not a value in it.</summary>
    public bool IsStatic => Kind is not (InputKind.Tensor or InputKind.TensorList);

    /// <summary>The arrays that a caller gives, in order.</summary>
    public IEnumerable<ProgramInput> Arrays() => Kind switch
    {
        InputKind.Tuple or InputKind.Dict => Parts.SelectMany(part => part.Arrays()),
        InputKind.Other => [],
        _ => [this],
    };

    /// <summary>The array as methods tell it.</summary>
    public TensorSpec ToSpec() => Kind switch
    {
        InputKind.Integer => new(Name, ElementType.Int64, []) { IsOptional = IsOptional },
        InputKind.Float => new(Name, ElementType.Float64, []) { IsOptional = IsOptional },
        InputKind.Boolean => new(Name, ElementType.Boolean, []) { IsOptional = IsOptional },
        InputKind.Text => new(Name, ElementType.String, []) { IsOptional = IsOptional },
        InputKind.TextList => new(Name, ElementType.String, [Dimension.Any]) { IsOptional = IsOptional },
        _ => new(Name, Type is { } type ? Archives.TorchTypes.ToElementType(type) : ElementType.Float32, Shape?.Select(static length => length is { } known ? Dimension.FromInt64(known) : Dimension.Any).ToArray())
        {
            IsOptional = IsOptional,
            Structure = Kind == InputKind.TensorList ? ArrayStructure.Sequence : ArrayStructure.Tensor,
        },
    };
}
