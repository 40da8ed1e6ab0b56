namespace Flama.Processing.Images;

/// <summary>Resizes pictures as Pillow's <c>Image.resize</c> does: one pass along rows and one along columns, each rounded to 8 bits, with weights of 22 fractional bits.</summary>
internal static class Resampler
{
    private const int Bits = 32 - 8 - 2;

    /// <summary>The picture in another size; the same one where it has that size, else a new one, and the given one is disposed.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="width">Pixels per row, 1 or more.</param>
    /// <param name="height">Rows, 1 or more.</param>
    /// <param name="filter">The filter.</param>
    /// <param name="antialias">Whether kernels widen where the picture becomes smaller, so that each pixel counts.</param>
    /// <param name="cancellationToken">Gives up between rows.</param>
    public static PixelImage Resize(PixelImage image, int width, int height, ImageFilter filter, bool antialias, CancellationToken cancellationToken)
    {
        if (image.Width == width && image.Height == height)
        {
            return image;
        }

        using (image)
        {
            if (filter == ImageFilter.Nearest)
            {
                return Nearest(image, width, height);
            }

            if (image.Width == width)
            {
                return Vertical(image, height, filter, antialias, cancellationToken);
            }

            if (image.Height == height)
            {
                return Horizontal(image, width, filter, antialias, cancellationToken);
            }

            using var between = Horizontal(image, width, filter, antialias, cancellationToken);
            return Vertical(between, height, filter, antialias, cancellationToken);
        }
    }

    private static PixelImage Horizontal(PixelImage image, int width, ImageFilter filter, bool antialias, CancellationToken cancellationToken)
    {
        var weights = ResampleWeights.Of(image.Width, width, filter, antialias);
        var made = PixelImage.Rent(width, image.Height, image.Channels);
        var channels = image.Channels;
        for (var y = 0; y < image.Height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var source = image.Row(y);
            var target = made.Row(y);
            for (var x = 0; x < width; x++)
            {
                var first = weights.FirstOf(x);
                var kernel = weights.Of(x);
                if (channels == 3)
                {
                    var pixels = source.Slice(first * 3, kernel.Length * 3);
                    var (red, green, blue) = (1 << (Bits - 1), 1 << (Bits - 1), 1 << (Bits - 1));
                    for (int i = 0, at = 0; i < kernel.Length; i++, at += 3)
                    {
                        var weight = kernel[i];
                        red += pixels[at] * weight;
                        green += pixels[at + 1] * weight;
                        blue += pixels[at + 2] * weight;
                    }

                    (target[x * 3], target[(x * 3) + 1], target[(x * 3) + 2]) = (Round(red), Round(green), Round(blue));
                    continue;
                }

                var sum = 1 << (Bits - 1);
                for (var i = 0; i < kernel.Length; i++)
                {
                    sum += source[first + i] * kernel[i];
                }

                target[x] = Round(sum);
            }
        }

        return made;
    }

    private static PixelImage Vertical(PixelImage image, int height, ImageFilter filter, bool antialias, CancellationToken cancellationToken)
    {
        var weights = ResampleWeights.Of(image.Height, height, filter, antialias);
        var made = PixelImage.Rent(image.Width, height, image.Channels);
        var sums = new int[image.Stride];
        for (var y = 0; y < height; y++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var first = weights.FirstOf(y);
            var kernel = weights.Of(y);
            Array.Fill(sums, 1 << (Bits - 1));
            for (var i = 0; i < kernel.Length; i++)
            {
                Add(image.Row(first + i), kernel[i], sums);
            }

            var target = made.Row(y);
            for (var x = 0; x < target.Length; x++)
            {
                target[x] = Round(sums[x]);
            }
        }

        return made;
    }

    private static void Add(ReadOnlySpan<byte> row, int weight, Span<int> sums)
    {
        for (var x = 0; x < row.Length; x++)
        {
            sums[x] += row[x] * weight;
        }
    }

    // Positions are added up, as in Pillow, so that rounding goes the same way.
    private static PixelImage Nearest(PixelImage image, int width, int height)
    {
        var made = PixelImage.Rent(width, height, image.Channels);
        var columns = Positions(image.Width, width);
        var rows = Positions(image.Height, height);
        for (var y = 0; y < height; y++)
        {
            var source = image.Row(rows[y]);
            var target = made.Row(y);
            for (var x = 0; x < width; x++)
            {
                source.Slice(columns[x] * image.Channels, image.Channels).CopyTo(target[(x * image.Channels)..]);
            }
        }

        return made;
    }

    private static int[] Positions(int from, int to)
    {
        var step = (double)from / to;
        var at = step * 0.5;
        var positions = new int[to];
        for (var i = 0; i < to; i++, at += step)
        {
            positions[i] = Math.Min((int)at, from - 1);
        }

        return positions;
    }

    private static byte Round(int sum) => (byte)Math.Clamp(sum >> Bits, 0, 255);
}
