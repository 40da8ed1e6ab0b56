using Flama.Processing.Images.Jpeg;
using Flama.Processing.Images.Png;

namespace Flama.Processing.Images;

/// <summary>Decodes PNG and JPEG files. What a file is, its first bytes tell.</summary>
internal static class ImageDecoder
{
    /// <summary>Decodes a file into grey or red, green and blue.</summary>
    /// <param name="file">The bytes.</param>
    /// <param name="maxPixels">The most pixels that are decoded; looked at before memory is taken.</param>
    /// <param name="cancellationToken">Gives up between rows of blocks.</param>
    /// <returns>The picture and its EXIF orientation, 1 to 8.</returns>
    /// <exception cref="FlamaException">It is another format, damaged, cut off or too large.</exception>
    public static (PixelImage Image, int Orientation) Decode(ReadOnlySpan<byte> file, long maxPixels, CancellationToken cancellationToken)
    {
        if (PngDecoder.IsPng(file))
        {
            return PngDecoder.Decode(file, maxPixels, cancellationToken);
        }

        return JpegDecoder.IsJpeg(file) ? JpegDecoder.Decode(file, maxPixels, cancellationToken) : throw NotAnImage(file);
    }

    /// <summary>Refuses sizes that are not there or too large.</summary>
    public static void CheckSize(string format, long width, long height, long maxPixels)
    {
        if (width == 0 || height == 0)
        {
            throw ImageFault.Corrupt(format, "it has no pixels");
        }

        // Both are below 2^31, so that the product stays within 64 bits.
        if (width * height > maxPixels)
        {
            throw ImageFault.TooLarge(width, height, maxPixels);
        }
    }

    private static FlamaException NotAnImage(ReadOnlySpan<byte> file)
    {
        var name = file switch
        {
            [] => null,
            [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "a GIF",
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P', ..] => "a WebP",
            [(byte)'B', (byte)'M', ..] => "a BMP",
            [(byte)'I', (byte)'I', 42, 0, ..] or [(byte)'M', (byte)'M', 0, 42, ..] => "a TIFF",
            [_, _, _, _, (byte)'f', (byte)'t', (byte)'y', (byte)'p', ..] => "an HEIF or AVIF",
            _ => "neither a PNG nor a JPEG",
        };
        return name is null ? ImageFault.Problem("The image is empty; send a PNG or a JPEG.")
            : name.StartsWith("neither", StringComparison.Ordinal) ? ImageFault.Problem($"The image is {name}, by its first bytes; send one of these.") : ImageFault.Unsupported(name);
    }
}
