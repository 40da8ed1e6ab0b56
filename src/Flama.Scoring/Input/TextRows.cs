namespace Flama.Scoring.Input;

/// <summary>Rows in a text.</summary>
/// <param name="input">The bytes.</param>
internal abstract class TextRows(InputBuffer input) : RowSource
{
    /// <inheritdoc/>
    public override double? Progress => Input.Length is > 0 and { } length ? Math.Min(1.0, (double)Input.Position / length) : null;

    /// <summary>The bytes.</summary>
    protected InputBuffer Input { get; } = input;

    /// <inheritdoc/>
    public override async ValueTask<bool> ReadAsync(RowChunk chunk, CancellationToken cancellationToken)
    {
        chunk.Clear();
        while (!TryFill(chunk))
        {
            await Input.FillAsync(cancellationToken).ConfigureAwait(false);
        }

        return !chunk.IsEmpty;
    }

    /// <summary>Takes rows from the window; false when it needs more bytes, which it may not ask for once the input is complete.</summary>
    protected abstract bool TryFill(RowChunk chunk);

    /// <summary>Whether single values are rows: the model takes exactly one feature.</summary>
    protected static bool TakesSingleValues(TableSpec spec) =>
        spec is { HasKnownFeatures: true, RowForm: RowForm.Cells, Features.Count: 1 };

    /// <summary>Whether a value is neither a list nor an object.</summary>
    protected static bool IsSingle(ReadOnlySpan<byte> json) => json[0] is not ((byte)'[' or (byte)'{');
}
