namespace Flama.Processing.Images.Jpeg;

/// <summary>What the segments of programs tell: JFIF, Adobe's colours, EXIF.</summary>
internal sealed class JpegApplication
{
    private static ReadOnlySpan<byte> Exif => "Exif\0\0"u8;

    /// <summary>Whether the file is of JFIF, whose colours are luma and chroma.</summary>
    public bool IsJfif { get; private set; }

    /// <summary>Adobe's number of the colours: 0 as they are, 1 luma and chroma, 2 the same with black; null where it is not told.</summary>
    public int? AdobeTransform { get; private set; }

    /// <summary>The orientation of EXIF, 1 to 8.</summary>
    public int Orientation { get; private set; } = 1;

    public void Read(int marker, ReadOnlySpan<byte> segment)
    {
        if (marker == 0xE0 && segment.Length >= 14 && segment.StartsWith("JFIF\0"u8))
        {
            IsJfif = true;
        }
        else if (marker == 0xEE && segment.Length >= 12 && segment.StartsWith("Adobe"u8))
        {
            AdobeTransform = segment[11];
        }
        else if (marker == 0xE1 && segment.StartsWith(Exif) && Orientation == 1)
        {
            Orientation = ExifOrientation.Read(segment[Exif.Length..]);
        }
    }
}
