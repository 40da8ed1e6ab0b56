namespace Flama.Cli.Input;

/// <summary>Rows one chunk after the other, in their order.</summary>
internal abstract class RowSource(InputBuffer input) : IDisposable
{
    /// <summary>What a row's place is called in messages.</summary>
    public abstract string PlaceName { get; }

    /// <summary>The share of the input that was read, 0 to 1; null where nobody knows.</summary>
    public double? Progress => Input.Length is > 0 and { } length ? Math.Min(1.0, (double)Input.Position / length) : null;

    /// <summary>The bytes.</summary>
    protected InputBuffer Input { get; } = input;

    /// <summary>Fills an empty chunk; one without rows is the end.</summary>
    /// <exception cref="FlamaException">The input as a whole is not what it should be.</exception>
    public abstract void Read(RowChunk chunk);

    /// <inheritdoc/>
    public void Dispose() => Input.Dispose();

    /// <summary>Whether single values are rows: the model takes exactly one feature.</summary>
    protected static bool TakesSingleValues(TableSpec signature) =>
        signature is { HasKnownFeatures: true, RowForm: RowForm.Cells, Features.Count: 1 };

    /// <summary>Whether a value is neither a list nor an object.</summary>
    protected static bool IsSingle(ReadOnlySpan<byte> json) => json[0] is not ((byte)'[' or (byte)'{');
}
