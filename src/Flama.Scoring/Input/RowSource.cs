namespace Flama.Scoring.Input;

/// <summary>Rows one chunk after the other, in their order.</summary>
internal abstract class RowSource
{
    /// <summary>What a row's position is called in messages.</summary>
    public abstract string PositionName { get; }

    /// <summary>The share of the input that was read, 0 to 1; null where its length is not known.</summary>
    public abstract double? Progress { get; }

    /// <summary>Makes a chunk for this source to fill. Chunks that are filled can be scored on several threads.</summary>
    public abstract RowChunk NewChunk();

    /// <summary>Fills the chunk anew; false at the end of the input.</summary>
    /// <exception cref="FlamaException">The input as a whole is not what it should be.</exception>
    public abstract ValueTask<bool> ReadAsync(RowChunk chunk, CancellationToken cancellationToken);
}
