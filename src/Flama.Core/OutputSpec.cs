namespace Flama;

/// <summary>One array that a method answers, as far as it is known before an input is seen. Immutable.</summary>
/// <param name="Name">The name, unique among the outputs of the method.</param>
/// <param name="Type">The type of its elements.</param>
/// <param name="Shape">Its dimensions; null when the number of dimensions is not known.</param>
public sealed record OutputSpec(string Name, ElementType Type, IReadOnlyList<Dimension>? Shape)
{
    /// <summary>The name of the only output of a table method.</summary>
    public const string DefaultName = "output";

    /// <summary>Describes the rows that a <see cref="PredictionBatch"/> holds.</summary>
    /// <param name="kind">What the values are.</param>
    /// <param name="columns">Values per row; null for a single value without a second dimension.</param>
    /// <param name="labels">The labels when the kind is <see cref="PredictionKind.Label"/>: one set for all columns or one per column.</param>
    public static OutputSpec OfRows(PredictionKind kind, int? columns = null, params IReadOnlyList<LabelSet> labels) =>
        new(DefaultName, PredictionBatch.TypeOf(kind, labels), columns is { } width ? [Dimension.Rows, width] : [Dimension.Rows]) { Labels = labels };

    /// <summary>What it is made of; <see cref="Shape"/> is that of each tensor in it. Default one tensor.</summary>
    public ArrayStructure Structure { get; init; }

    /// <summary>Whether an answer may be without it. Default false.</summary>
    public bool IsOptional { get; init; }

    /// <summary>The labels that elements can be: one set for all columns of a row, or one per column; empty when elements are not labels of a known set.</summary>
    public IReadOnlyList<LabelSet> Labels { get; init; } = [];

    /// <summary>Whether an input that is one text or image alone, not a list of them, is answered without the first dimension. Default false.</summary>
    public bool IsAloneForOne { get; init; }

    /// <summary>The label of each column of a row, where columns belong to classes (<c>predict_proba</c>); else null.</summary>
    public LabelSet? Columns { get; init; }
}
