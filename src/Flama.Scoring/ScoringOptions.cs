namespace Flama.Scoring;

/// <summary>How rows are read, and how results are written.</summary>
public sealed record ScoringOptions
{
    /// <summary>How the rows are written down; null, the default, to tell by the first lines.</summary>
    public RowsFormat? InputFormat { get; init; }

    /// <summary>Whether CSV starts with a line of names; null, the default, to tell by the names that the model knows.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>How the results are written down. Default <see cref="RowsFormat.Json"/>.</summary>
    public RowsFormat OutputFormat { get; init; } = RowsFormat.Json;

    /// <summary>Whether JSON has a line per item, indented by four. Default false.</summary>
    public bool Indented { get; init; }

    /// <summary>What happens to a row that the model does not take. Default <see cref="BadRowPolicy.Stop"/>.</summary>
    public BadRowPolicy BadRows { get; init; } = BadRowPolicy.Stop;

    /// <summary>Hears of every row that the model does not take, where those do not end the run.</summary>
    public Action<BadRow>? OnBadRow { get; init; }

    /// <summary>What messages call the input. Default <c>the input</c>.</summary>
    public string InputName { get; init; } = "the input";

    /// <summary>The largest number of threads that the model uses, 1 or more. Default one per processor.</summary>
    public int MaxDegreeOfParallelism { get; init; } = Environment.ProcessorCount;
}
