using System.Buffers;
using System.Runtime.CompilerServices;

namespace Flama.Scoring.Output;

/// <summary>Results as newline-delimited JSON: a line per row.</summary>
internal sealed class NdJsonResults : ResultWriter
{
    private readonly NestedValues values = new(indented: false);

    /// <inheritdoc/>
    public override void WriteNull() => Output.Write("null\n"u8);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    protected override void WriteRows(PredictionBatch results)
    {
        for (var row = 0; row < results.Rows; row++)
        {
            values.WriteRow(results, row, depth: 0, Output);
            Output.Write("\n"u8);
        }
    }
}
