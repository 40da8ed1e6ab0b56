using System.Buffers;
using System.Text.Json;
using Flama.Cli.Input;
using Flama.Json;

namespace Flama.Cli.Output;

/// <summary>Writes results a batch at a time, in their order.</summary>
internal abstract class ResultWriter(ResultStream target)
{
    private readonly ArrayBufferWriter<byte> compact = new(64 * 1024);

    /// <summary>What is written and not yet handed on.</summary>
    protected ArrayBufferWriter<byte> Output { get; } = new(64 * 1024);

    /// <summary>Makes the writer of a format.</summary>
    /// <param name="format">The format.</param>
    /// <param name="target">Takes the text.</param>
    /// <param name="indented">Whether JSON has a line an item.</param>
    /// <param name="header">The columns of comma-separated values.</param>
    public static ResultWriter Of(RowsFormat format, ResultStream target, bool indented, ResultColumns header) => format switch
    {
        RowsFormat.Csv => new CsvResults(target, header),
        RowsFormat.NdJson => new NdJsonResults(target),
        _ => new JsonResults(target, indented),
    };

    /// <summary>Writes the results of some rows.</summary>
    public void Write(ModelOutput results)
    {
        compact.ResetWrittenCount();
        using (var writer = new Utf8JsonWriter(compact, JsonOutput.Compact))
        {
            OutputWriter.Write(writer, results);
        }

        WriteList(compact.WrittenSpan);
    }

    /// <summary>Writes that a row has no result.</summary>
    public abstract void WriteNull();

    /// <summary>Hands on what was written.</summary>
    public void Flush()
    {
        target.Write(Output.WrittenSpan);
        Output.ResetWrittenCount();
    }

    /// <summary>Ends the text.</summary>
    public void End()
    {
        WriteEnd();
        Flush();
        target.Commit();
    }

    /// <summary>Writes a compact list with a result a row.</summary>
    protected abstract void WriteList(ReadOnlySpan<byte> json);

    /// <summary>Writes what the format has after the last result.</summary>
    protected virtual void WriteEnd()
    {
    }
}
