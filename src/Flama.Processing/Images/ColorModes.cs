namespace Flama.Processing.Images;

/// <summary>Changes the channels of pictures, with Pillow's numbers.</summary>
internal static class ColorModes
{
    public static int ChannelsOf(ColorMode mode) => mode == ColorMode.L ? 1 : 3;

    /// <summary>The picture in a mode; the same one where it is already, else a new one, and the given one is disposed.</summary>
    /// <param name="image">Grey, or red, green and blue.</param>
    /// <param name="mode">The mode; blue comes first only when elements are written, so that it counts as <see cref="ColorMode.Rgb"/> here.</param>
    public static PixelImage Convert(PixelImage image, ColorMode mode)
    {
        if (image.Channels == ChannelsOf(mode))
        {
            return image;
        }

        var made = PixelImage.Rent(image.Width, image.Height, ChannelsOf(mode));
        if (mode == ColorMode.L)
        {
            ToGrey(image.Pixels, made.Pixels);
        }
        else
        {
            FromGrey(image.Pixels, made.Pixels);
        }

        image.Dispose();
        return made;
    }

    // ITU-R 601-2 luma in 16 fractional bits, as Pillow's L24.
    private static void ToGrey(ReadOnlySpan<byte> colors, Span<byte> grey)
    {
        for (var i = 0; i < grey.Length; i++)
        {
            var pixel = colors.Slice(i * 3, 3);
            grey[i] = (byte)(((pixel[0] * 19595) + (pixel[1] * 38470) + (pixel[2] * 7471) + 0x8000) >> 16);
        }
    }

    private static void FromGrey(ReadOnlySpan<byte> grey, Span<byte> colors)
    {
        for (var i = 0; i < grey.Length; i++)
        {
            colors.Slice(i * 3, 3).Fill(grey[i]);
        }
    }
}
