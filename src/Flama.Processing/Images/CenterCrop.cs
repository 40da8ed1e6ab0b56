namespace Flama.Processing.Images;

/// <summary>Cuts the middle out of pictures; smaller ones get a black border.</summary>
internal static class CenterCrop
{
    /// <summary>The middle; the same picture where it has that size, else a new one, and the given one is disposed.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="width">Pixels per row.</param>
    /// <param name="height">Rows.</param>
    /// <param name="roundsDown">Half a pixel is left out as Hugging Face's processors do it, not as torchvision does.</param>
    public static PixelImage Cut(PixelImage image, int width, int height, bool roundsDown)
    {
        if (image.Width == width && image.Height == height)
        {
            return image;
        }

        var made = PixelImage.Rent(width, height, image.Channels);
        made.Pixels.Clear();
        var (left, top) = (Offset(image.Width, width, roundsDown), Offset(image.Height, height, roundsDown));
        var (toX, fromX) = (Math.Max(0, -left), Math.Max(0, left));
        var length = Math.Min(image.Width - fromX, width - toX) * image.Channels;
        for (var y = Math.Max(0, -top); y < height && y + top < image.Height; y++)
        {
            image.Row(y + top).Slice(fromX * image.Channels, length).CopyTo(made.Row(y)[(toX * image.Channels)..]);
        }

        image.Dispose();
        return made;
    }

    // Where the cut begins; negative for a border. torchvision rounds half to even and its border down, Hugging Face cuts down and its border up.
    private static int Offset(int from, int to, bool roundsDown)
    {
        if (from >= to)
        {
            return roundsDown ? (from - to) / 2 : (int)Math.Round((from - to) / 2.0, MidpointRounding.ToEven);
        }

        return roundsDown ? -((to - from + 1) / 2) : -((to - from) / 2);
    }
}
