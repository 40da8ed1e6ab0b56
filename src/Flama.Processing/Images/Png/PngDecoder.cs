using System.IO.Compression;

namespace Flama.Processing.Images.Png;

/// <summary>Decodes PNG files of every kind of pixel: palettes become colours, 16 bits their upper 8, and alpha is left out, as Pillow's conversion to RGB does.</summary>
internal static class PngDecoder
{
    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    public static bool IsPng(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    /// <inheritdoc cref="ImageDecoder.Decode"/>
    public static (PixelImage Image, int Orientation) Decode(ReadOnlySpan<byte> file, long maxPixels, CancellationToken cancellationToken)
    {
        PngChunks chunks = new(file);
        PngHeader? header = null;
        ReadOnlySpan<byte> palette = default;
        var orientation = 1;
        using MemoryStream data = new();
        while (chunks.Next() && !chunks.Name.SequenceEqual("IEND"u8))
        {
            if (header is null)
            {
                header = chunks.Name.SequenceEqual("IHDR"u8) ? PngHeader.Read(chunks.Content, maxPixels) : throw ImageFault.Corrupt("PNG", "it does not begin with its header");
            }
            else if (chunks.Name.SequenceEqual("PLTE"u8))
            {
                palette = chunks.Content;
            }
            else if (chunks.Name.SequenceEqual("IDAT"u8))
            {
                data.Write(chunks.Content);
            }
            else if (chunks.Name.SequenceEqual("eXIf"u8))
            {
                orientation = ExifOrientation.Read(chunks.Content);
            }
        }

        if (header is not { } found || data.Length == 0)
        {
            throw ImageFault.Truncated("PNG");
        }

        data.Position = 0;
        using ZLibStream pixels = new(data, CompressionMode.Decompress);
        return (Read(found, palette, pixels, cancellationToken), orientation);
    }

    private static PixelImage Read(PngHeader header, ReadOnlySpan<byte> palette, Stream pixels, CancellationToken cancellationToken)
    {
        PngPixels target = new(header, palette);
        var isGrey = header.Type is PngHeader.Grey or PngHeader.GreyAlpha;
        var image = PixelImage.Rent(header.Width, header.Height, isGrey ? 1 : 3);
        try
        {
            if (header.IsInterlaced)
            {
                ReadPasses(header, pixels, target, image, cancellationToken);
            }
            else
            {
                PngRows rows = new(header, header.Width, pixels);
                for (var y = 0; y < header.Height; y++)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    target.Unpack(rows.Next(), image.Row(y), header.Width, first: 0, step: 1);
                }
            }

            return image;
        }
        catch (InvalidDataException failure)
        {
            image.Dispose();
            throw ImageFault.Corrupt("PNG", $"its pixels cannot be decompressed ({failure.GetType().Name})");
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    // Each pass is a picture of its own, of the pixels at (x0 + i·dx, y0 + j·dy).
    private static void ReadPasses(PngHeader header, Stream pixels, PngPixels target, PixelImage image, CancellationToken cancellationToken)
    {
        ReadOnlySpan<(int X, int Y, int StepX, int StepY)> passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)];
        foreach (var (x, y, stepX, stepY) in passes)
        {
            var width = (header.Width - x + stepX - 1) / stepX;
            if (width <= 0)
            {
                continue;
            }

            PngRows rows = new(header, width, pixels);
            for (var row = y; row < header.Height; row += stepY)
            {
                cancellationToken.ThrowIfCancellationRequested();
                target.Unpack(rows.Next(), image.Row(row), width, x, stepX);
            }
        }
    }
}
