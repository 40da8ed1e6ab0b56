using System.Buffers.Binary;

namespace Flama.Processing.Images;

/// <summary>How a camera was held, by the tag 0x0112 of EXIF, and the turning back.</summary>
internal static class ExifOrientation
{
    private const int Tag = 0x0112, EntrySize = 12, MaxEntries = 1000;

    /// <summary>Reads the orientation of a block of EXIF (a small TIFF file): 1, upright, where it is not told or the block is damaged.</summary>
    public static int Read(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8 || !(tiff.StartsWith("II"u8) || tiff.StartsWith("MM"u8)))
        {
            return 1;
        }

        var isLittle = tiff[0] == 'I';
        var at = isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (at > tiff.Length - 2)
        {
            return 1;
        }

        var entries = tiff[(int)at..];
        var count = Math.Min((int)Short(entries, isLittle), MaxEntries);
        entries = entries[2..];
        for (var i = 0; i < count && entries.Length >= EntrySize; i++, entries = entries[EntrySize..])
        {
            if (Short(entries, isLittle) == Tag)
            {
                var value = Short(entries[8..], isLittle);
                return value is >= 1 and <= 8 ? value : 1;
            }
        }

        return 1;
    }

    /// <summary>The picture as it was seen; the same one for an upright picture, else a new one, and the given one is disposed.</summary>
    public static PixelImage Turn(PixelImage image, int orientation)
    {
        if (orientation <= 1)
        {
            return image;
        }

        var isTurned = orientation >= 5;
        var (width, height) = isTurned ? (image.Height, image.Width) : (image.Width, image.Height);
        var made = PixelImage.Rent(width, height, image.Channels);
        var source = image.Pixels;
        var target = made.Pixels;
        var channels = image.Channels;
        var index = 0;
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var (fromX, fromY) = orientation switch
                {
                    2 => (width - 1 - x, y),
                    3 => (width - 1 - x, height - 1 - y),
                    4 => (x, height - 1 - y),
                    5 => (y, x),
                    6 => (y, width - 1 - x),
                    7 => (height - 1 - y, width - 1 - x),
                    _ => (height - 1 - y, x),
                };
                var from = (fromY * image.Stride) + (fromX * channels);
                for (var c = 0; c < channels; c++)
                {
                    target[index++] = source[from + c];
                }
            }
        }

        image.Dispose();
        return made;
    }

    private static ushort Short(ReadOnlySpan<byte> bytes, bool isLittle) => isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
