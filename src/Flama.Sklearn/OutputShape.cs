namespace Flama.Sklearn;

/// <summary>What one method of an estimator answers for each row.</summary>
/// <param name="Kind">What the values are.</param>
/// <param name="Width">Values a row as they lie in memory; at least 1 unless a transformer gives no column.</param>
internal sealed record OutputShape(PredictionKind Kind, int Width)
{
    /// <summary>True where Python gives a flat array: one value per row and no second dimension.</summary>
    public bool IsFlat { get; init; }

    /// <summary>True where the width depends on the rows, so that it is not described.</summary>
    public bool IsOfAnyWidth { get; init; }

    /// <summary>The lengths of a row with more than one dimension, whose product is the width; null where a row is a value or a list.</summary>
    public int[]? RowShape { get; init; }

    /// <summary>The labels of each column for <see cref="PredictionKind.Label"/>: one set for all columns, or one per column.</summary>
    public IReadOnlyList<LabelSet> Labels { get; init; } = [];

    /// <summary>The answers side by side in a row, where Python gives a list or tuple of arrays; else empty.</summary>
    public IReadOnlyList<OutputShape> Parts { get; init; } = [];

    /// <summary>One float a row.</summary>
    public static OutputShape Number { get; } = new(PredictionKind.Float, 1) { IsFlat = true };

    /// <summary>One whole number per row.</summary>
    public static OutputShape Integer { get; } = new(PredictionKind.Integer, 1) { IsFlat = true };

    /// <summary>A row of floats.</summary>
    public static OutputShape Numbers(int columns) => new(PredictionKind.Float, columns);

    /// <summary>A row of whole numbers.</summary>
    public static OutputShape Integers(int columns) => new(PredictionKind.Integer, columns);

    /// <summary>One label per row.</summary>
    public static OutputShape Label(LabelSet labels) => new(PredictionKind.Label, 1) { IsFlat = true, Labels = [labels] };

    /// <summary>One label per output.</summary>
    public static OutputShape LabelPerOutput(IReadOnlyList<LabelSet> labels) => new(PredictionKind.Label, labels.Count) { Labels = labels };

    /// <summary>Several arrays side by side.</summary>
    public static OutputShape List(IReadOnlyList<OutputShape> parts) => new(parts[0].Kind, parts.Sum(part => part.Width)) { Parts = parts };

    /// <summary>The public description of the arrays.</summary>
    /// <param name="columns">The labels of the columns, where columns belong to classes: one set per array.</param>
    public IReadOnlyList<OutputSpec> Describe(IReadOnlyList<LabelSet> columns) => Parts.Count > 0
        ? [.. Parts.Select((part, i) => part.Describe($"{OutputSpec.DefaultName}_{i}", columns.ElementAtOrDefault(i)))]
        : [Describe(OutputSpec.DefaultName, columns.Count == 1 ? columns[0] : null)];

    private OutputSpec Describe(string name, LabelSet? columns)
    {
        var row = IsFlat ? [] : RowShape ?? [Width];
        return new(name, PredictionBatch.TypeOf(Kind, Labels), Array.ConvertAll([-1, .. row], length => length < 0 ? Dimension.Rows : IsOfAnyWidth ? Dimension.Any : new Dimension(length)))
        {
            Labels = Labels,
            Columns = columns?.Count == Width ? columns : null,
        };
    }
}
