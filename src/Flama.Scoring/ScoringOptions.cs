using System.Text;

namespace Flama.Scoring;

/// <summary>How rows are read, and how results are written.</summary>
public sealed record ScoringOptions
{
    /// <summary>How the rows are written down; null, the default, to tell by the first bytes or lines; Parquet and Arrow are only told so.</summary>
    public RowsFormat? InputFormat { get; init; }

    /// <summary>Whether CSV starts with a line of names; null, the default, to tell by the names that the model knows.</summary>
    public bool? HasHeader { get; init; }

    /// <summary>
    /// The encoding of the text, for example <see cref="Encoding.Latin1"/>; null, the default, for UTF-8, or UTF-16 or UTF-32 where a byte order mark tells so.
    /// Bytes that it does not know end the run, whatever its fallback.
    /// </summary>
    public Encoding? InputEncoding { get; init; }

    /// <summary>
    /// Names that the rows have and the model does not, such as the target column of a training file: columns of CSV, names of JSON objects. Default none.
    /// </summary>
    public IReadOnlyList<string> DropColumns { get; init; } = [];

    /// <summary>How the results are written down. Default <see cref="RowsFormat.Json"/>.</summary>
    public RowsFormat OutputFormat { get; init; } = RowsFormat.Json;

    /// <summary>Whether JSON has a line per item, indented by four. Default false.</summary>
    public bool Indented { get; init; }

    /// <summary>What happens to a row that the model does not take. Default <see cref="BadRowPolicy.Stop"/>.</summary>
    public BadRowPolicy BadRows { get; init; } = BadRowPolicy.Stop;

    /// <summary>Hears of every row that the model does not take, where those do not end the run; in the order of the rows.</summary>
    public Action<BadRow>? OnBadRow { get; init; }

    /// <summary>Hears what the user may not have meant: a header told by a guess, columns found by another spelling, columns that are not used.</summary>
    public Action<string>? OnWarning { get; init; }

    /// <summary>What messages call the input. Default <c>the input</c>.</summary>
    public string InputName { get; init; } = "the input";

    /// <summary>The largest number of threads that read, compute and write, 1 or more. Default one per processor.</summary>
    public int MaxDegreeOfParallelism { get; init; } = Environment.ProcessorCount;
}
