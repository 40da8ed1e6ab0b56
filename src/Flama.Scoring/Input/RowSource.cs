namespace Flama.Scoring.Input;

/// <summary>Rows one chunk after the other, in their order.</summary>
internal abstract class RowSource(InputBuffer input)
{
    /// <summary>What a row's position is called in messages.</summary>
    public abstract string PositionName { get; }

    /// <summary>The share of the input that was read, 0 to 1; null where its length is not known.</summary>
    public double? Progress => Input.Length is > 0 and { } length ? Math.Min(1.0, (double)Input.Position / length) : null;

    /// <summary>The bytes.</summary>
    protected InputBuffer Input { get; } = input;

    /// <summary>Makes a chunk for this source to fill. Chunks that are filled can be scored on several threads.</summary>
    public abstract RowChunk NewChunk();

    /// <summary>Fills the chunk anew; false at the end of the input.</summary>
    /// <exception cref="FlamaException">The input as a whole is not what it should be.</exception>
    public async ValueTask<bool> ReadAsync(RowChunk chunk, CancellationToken cancellationToken)
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
