using Flama.Schemas;

namespace Flama;

/// <summary>One feature a model takes.</summary>
/// <param name="Kind">What its cells may be.</param>
public sealed record Feature(FeatureKind Kind)
{
    /// <summary>The name in training; null when the model was trained without names.</summary>
    public string? Name { get; init; }

    /// <summary>Whether a cell may be missing (<c>null</c>).</summary>
    public bool AllowsMissing { get; init; }

    /// <summary>Whether numbers may come as text (<c>"792"</c>), as in a column that scikit-learn casts.</summary>
    public bool ParsesText { get; init; }

    /// <summary>Whether a cell may be infinite; sklearn refuses it nearly everywhere.</summary>
    public bool AllowsInfinity { get; init; }

    /// <summary>Whether the model looks at the feature at all; an unused one takes anything.</summary>
    public bool IsUsed { get; init; } = true;

    /// <summary>The only values the feature takes, when any other is an error; else empty.</summary>
    public IReadOnlyList<Scalar> Categories { get; init; } = [];

    /// <summary>What training had in the column.</summary>
    public CellTypes TrainedOn { get; init; }

    /// <summary>Whether training saw a category that is spelt so, where the model tells that of spellings and keeps no list; null where it does not.</summary>
    internal Func<string, bool>? SawText { get; init; }

    /// <summary>What the schema of the model's rows says of the feature; null for nothing.</summary>
    public FeatureRule? Rule { get; init; }

    /// <summary>A value that works and is typical; null to let the reader choose.</summary>
    public Scalar? Example { get; init; }
}
