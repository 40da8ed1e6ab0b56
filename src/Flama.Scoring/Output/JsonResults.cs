using System.Buffers;
using Flama.Json;

namespace Flama.Scoring.Output;

/// <summary>Results as one JSON list, laid out as Python does.</summary>
internal sealed class JsonResults(bool indented) : ResultWriter
{
    private readonly NestedValues values = new(indented);
    private bool isBegun;

    /// <inheritdoc/>
    public override void WriteNull()
    {
        Begin();
        Output.Write("null"u8);
    }

    /// <inheritdoc/>
    public override void End() => Output.Write(!isBegun ? "[]\n"u8 : indented ? "\n]\n"u8 : "]\n"u8);

    /// <inheritdoc/>
    protected override void WriteRows(PredictionBatch results)
    {
        for (var row = 0; row < results.Rows; row++)
        {
            Begin();
            values.WriteRow(results, row, depth: 1, Output);
        }
    }

    private void Begin()
    {
        Output.Write(!isBegun ? "["u8 : indented ? ","u8 : ", "u8);
        if (indented)
        {
            PythonLayout.NewLine(Output, 1);
        }

        isBegun = true;
    }
}
