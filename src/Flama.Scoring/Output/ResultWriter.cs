using System.Buffers;

namespace Flama.Scoring.Output;

/// <summary>Writes the results of a chunk of rows, in their order. Reused.</summary>
internal abstract class ResultWriter
{
    /// <summary>The results written since <see cref="Clear"/>.</summary>
    public ReadOnlyMemory<byte> Written => Output.WrittenMemory;

    /// <summary>How many bytes stand before every result that must not stand before the first of all.</summary>
    public virtual int SeparatorLength => 0;

    /// <summary>Takes the text.</summary>
    protected ArrayBufferWriter<byte> Output { get; } = new(64 * 1024);

    /// <summary>Makes the writer of a format.</summary>
    /// <param name="options">The format and its layout.</param>
    /// <param name="columns">The columns of comma-separated values.</param>
    public static ResultWriter Of(ScoringOptions options, ResultColumns columns) => options.OutputFormat switch
    {
        RowsFormat.Csv => new CsvResults(columns),
        RowsFormat.NdJson => new NdJsonResults(),
        _ => new JsonResults(options.Indented),
    };

    /// <summary>Writes the results of some rows.</summary>
    public void Write(ModelOutput results)
    {
        if (results.First is PredictionBatch batch)
        {
            WriteRows(batch);
            return;
        }

        using var rows = TensorRows.Of((ModelTensor)results.First);
        WriteRows(rows);
    }

    /// <summary>Writes that a row has no result.</summary>
    public abstract void WriteNull();

    /// <summary>What stands before the first result of all.</summary>
    public virtual ReadOnlyMemory<byte> Opening() => default;

    /// <summary>What stands after the last result of all.</summary>
    /// <param name="isBegun">Whether there was a result.</param>
    public virtual ReadOnlyMemory<byte> Closing(bool isBegun) => default;

    /// <summary>Forgets what was handed on.</summary>
    public void Clear() => Output.ResetWrittenCount();

    /// <summary>Writes the results of some rows.</summary>
    protected abstract void WriteRows(PredictionBatch results);
}
