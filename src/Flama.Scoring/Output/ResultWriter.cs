using System.Buffers;

namespace Flama.Scoring.Output;

/// <summary>Writes results a batch at a time, in their order.</summary>
internal abstract class ResultWriter
{
    /// <summary>What is written and not yet handed on.</summary>
    public ReadOnlyMemory<byte> Written => Output.WrittenMemory;

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

    /// <summary>Writes what the format has after the last result.</summary>
    public virtual void End()
    {
    }

    /// <summary>Forgets what was handed on.</summary>
    public void Clear() => Output.ResetWrittenCount();

    /// <summary>Writes the results of some rows.</summary>
    protected abstract void WriteRows(PredictionBatch results);
}
