namespace Flama.Scoring.Output;

/// <summary>What stands around the results of all chunks, which are written apart from each other.</summary>
internal sealed class ResultFrame
{
    private bool isBegun;
    private int skipped;

    /// <summary>What comes before a chunk's results: the beginning of the output, before the first that there are.</summary>
    public ReadOnlyMemory<byte> Open(ResultWriter chunk)
    {
        skipped = 0;
        if (isBegun || chunk.Written.IsEmpty)
        {
            return default;
        }

        isBegun = true;
        skipped = chunk.SeparatorLength;
        return chunk.Opening();
    }

    /// <summary>A chunk's results.</summary>
    public ReadOnlyMemory<byte> Body(ResultWriter chunk) => chunk.Written[skipped..];

    /// <summary>What comes after all results.</summary>
    public ReadOnlyMemory<byte> End(ResultWriter last) => last.Closing(isBegun);
}
