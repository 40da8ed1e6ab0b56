namespace Flama.Sklearn.FeatureExtraction.Text;

/// <summary>Where the tokens of a text are; used again for many texts.</summary>
internal sealed class TokenList
{
    private (int Start, int End)[] bounds = new (int, int)[128];

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>Where one begins and ends.</summary>
    public (int Start, int End) this[int index] => bounds[index];

    /// <summary>All of them, to be changed in place.</summary>
    public Span<(int Start, int End)> All => bounds.AsSpan(0, Count);

    /// <summary>Forgets them.</summary>
    public void Clear() => Count = 0;

    /// <summary>Keeps only the first ones.</summary>
    public void CutTo(int count) => Count = count;

    /// <summary>Adds one.</summary>
    public void Add(int start, int end)
    {
        if (Count == bounds.Length)
        {
            Array.Resize(ref bounds, 2 * Count);
        }

        bounds[Count++] = (start, end);
    }
}
