using System.Buffers;
using System.Runtime.CompilerServices;
using Flama.Json;

namespace Flama.Scoring.Output;

/// <summary>Results as one JSON list, laid out as Python does.</summary>
internal sealed class JsonResults(bool indented) : ResultWriter
{
    private readonly NestedValues values = new(indented);

    /// <inheritdoc/>
    public override int SeparatorLength => indented ? 1 : 2;

    /// <inheritdoc/>
    public override void WriteNull()
    {
        Separate();
        Output.Write("null"u8);
    }

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Opening() => "["u8.ToArray();

    /// <inheritdoc/>
    public override ReadOnlyMemory<byte> Closing(bool isBegun) => (!isBegun ? "[]\n"u8 : indented ? "\n]\n"u8 : "]\n"u8).ToArray();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void WriteRows(PredictionBatch results)
    {
        for (var row = 0; row < results.Rows; row++)
        {
            Separate();
            values.WriteRow(results, row, depth: 1, Output);
        }
    }

    private void Separate()
    {
        Output.Write(indented ? ","u8 : ", "u8);
        if (indented)
        {
            PythonLayout.NewLine(Output, 1);
        }
    }
}
