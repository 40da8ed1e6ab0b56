namespace Flama.Processing.Images.Jpeg;

/// <summary>Decodes baseline and progressive JPEG files of 8 bits per channel, with the numbers of libjpeg as Pillow uses it.</summary>
/// <remarks>ITU-T T.81. Arithmetic coding, lossless and hierarchical files are refused by name.</remarks>
internal static class JpegDecoder
{
    // Encoders make up to a dozen scans; each costs a walk over all blocks.
    private const int MaxScans = 100;

    public static bool IsJpeg(ReadOnlySpan<byte> file) => file is [0xFF, 0xD8, 0xFF, ..];

    /// <inheritdoc cref="ImageDecoder.Decode"/>
    public static (PixelImage Image, int Orientation) Decode(ReadOnlySpan<byte> file, long maxPixels, CancellationToken cancellationToken)
    {
        JpegTables tables = new();
        JpegApplication application = new();
        JpegFrame? frame = null;
        try
        {
            var (position, scans, isWhole) = (2, 0, false);
            HashSet<JpegComponent> seen = [];
            while (TryNextMarker(file, ref position, out var marker))
            {
                // The end of the picture: one in scans would be coarse without those that are missing.
                if (marker == 0xD9)
                {
                    isWhole = true;
                    break;
                }

                var segment = SegmentAt(file, ref position);
                switch (marker)
                {
                    case 0xC0 or 0xC1 or 0xC2 when frame is null:
                        frame = JpegFrame.Read(segment, marker == 0xC2, maxPixels);
                        Array.ForEach(frame.Components, component => component.Allocate(frame, frame.IsProgressive));
                        break;
                    case 0xC4:
                        tables.DefineCodes(segment);
                        break;
                    case 0xDB:
                        tables.DefineQuantization(segment);
                        break;
                    case 0xDD:
                        tables.DefineRestarts(segment);
                        break;
                    case 0xDA:
                        var scan = JpegScan.Read(segment, frame ?? throw ImageFault.Corrupt("JPEG", "its pixels come before its header"), tables);
                        position = ++scans <= MaxScans ? scan.Decode(file, position, cancellationToken) : throw ImageFault.Corrupt("JPEG", $"it has more than {MaxScans} scans");
                        seen.UnionWith(scan.Components);
                        break;
                    case 0xC0 or 0xC1 or 0xC2:
                        throw ImageFault.Corrupt("JPEG", "it has two headers");
                    case (>= 0xC3 and <= 0xCF) and not 0xC8 and not 0xCC:
                        throw ImageFault.Unsupported($"a JPEG of the kind SOF{marker - 0xC0}");
                    default:
                        application.Read(marker, segment);
                        break;
                }
            }

            if (frame is null || seen.Count < frame.Components.Length || (frame.IsProgressive && !isWhole))
            {
                throw ImageFault.Truncated("JPEG");
            }

            if (frame.IsProgressive)
            {
                Array.ForEach(frame.Components, component => component.TransformAll(cancellationToken));
            }

            return (JpegColors.ToImage(frame, application, cancellationToken), application.Orientation);
        }
        finally
        {
            frame?.Dispose();
        }
    }

    // Between segments anything but a marker is passed over.
    private static bool TryNextMarker(ReadOnlySpan<byte> file, ref int position, out byte marker)
    {
        while (position + 1 < file.Length)
        {
            marker = file[position + 1];
            if (file[position] == 0xFF && marker is not (0 or 1 or 0xFF or (>= 0xD0 and <= 0xD8)))
            {
                position += 2;
                return true;
            }

            position++;
        }

        marker = 0;
        return false;
    }

    private static ReadOnlySpan<byte> SegmentAt(ReadOnlySpan<byte> file, ref int position)
    {
        var length = position + 2 <= file.Length ? (file[position] << 8) | file[position + 1] : throw ImageFault.Truncated("JPEG");
        if (length < 2)
        {
            throw ImageFault.Corrupt("JPEG", "a segment is shorter than its own length");
        }

        var segment = position + length <= file.Length ? file.Slice(position + 2, length - 2) : throw ImageFault.Truncated("JPEG");
        position += length;
        return segment;
    }
}
