namespace Flama.Processing.Plans;

/// <summary>What size pictures become: exactly so many pixels, or so many on their shorter side.</summary>
/// <param name="Height">Rows; 0 where the shorter side counts.</param>
/// <param name="Width">Pixels per row; 0 where the shorter side counts.</param>
/// <param name="ShortestEdge">The shorter side; 0 for an exact size.</param>
/// <param name="LongestEdge">The most of the longer side; 0 for none.</param>
internal readonly record struct ResizeSize(int Height, int Width, int ShortestEdge = 0, int LongestEdge = 0)
{
    /// <summary>The size of a picture afterwards, as torchvision and Hugging Face compute it.</summary>
    public (long Width, long Height) For(int width, int height)
    {
        if (ShortestEdge == 0)
        {
            return (Width, Height);
        }

        var (shorter, longer) = (Math.Min(width, height), Math.Max(width, height));
        var (newShorter, newLonger) = ((long)ShortestEdge, (long)((double)((long)ShortestEdge * longer) / shorter));
        if (LongestEdge > 0 && newLonger > LongestEdge)
        {
            (newShorter, newLonger) = (Math.Max(1, (long)((double)(LongestEdge * newShorter) / newLonger)), LongestEdge);
        }

        return width <= height ? (newShorter, newLonger) : (newLonger, newShorter);
    }
}
