namespace Flama.Processing.Images.Jpeg;

/// <summary>Puts the channels of a frame together: luma and chroma become red, green and blue; so does ink, as Pillow converts it.</summary>
internal static class JpegColors
{
    private const int Bits = 16, Half = 1 << (Bits - 1);

    // ITU-R BT.601 as JFIF has it: 1.402, 1.772, 0.71414 and 0.34414 in 16 fractional bits.
    private const int RedOfCr = 91881, BlueOfCb = 116130, GreenOfCr = 46802, GreenOfCb = 22554;

    public static PixelImage ToImage(JpegFrame frame, JpegApplication application, CancellationToken cancellationToken)
    {
        var count = frame.Components.Length;
        var image = PixelImage.Rent(frame.Width, frame.Height, count == 1 ? 1 : 3);
        var length = frame.UnitsWide * frame.MaxHorizontal * 8;
        var rows = new byte[count][];
        for (var i = 0; i < count; i++)
        {
            rows[i] = new byte[length];
        }

        var sums = new int[length];
        var (hasChroma, hasInk) = (HasChroma(frame, application), count == 4);
        try
        {
            for (var y = 0; y < frame.Height; y++)
            {
                cancellationToken.ThrowIfCancellationRequested();
                for (var i = 0; i < count; i++)
                {
                    var component = frame.Components[i];
                    ChromaUpsampling.Row(component, frame.MaxHorizontal / component.Horizontal, frame.MaxVertical / component.Vertical, y, rows[i], sums);
                }

                var target = image.Row(y);
                if (count == 1)
                {
                    rows[0].AsSpan(0, frame.Width).CopyTo(target);
                    continue;
                }

                Interleave(rows, target, hasChroma);
                if (hasInk)
                {
                    // Adobe's programs write ink inverted, and Pillow takes all files so.
                    Print(target, rows[3], hasChroma);
                }
            }

            return image;
        }
        catch
        {
            image.Dispose();
            throw;
        }
    }

    // As libjpeg guesses.
    private static bool HasChroma(JpegFrame frame, JpegApplication application) => frame.Components switch
    {
        { Length: 4 } => application.AdobeTransform == 2,
        { Length: 3 } when application.IsJfif => true,
        { Length: 3 } when application.AdobeTransform is { } transform => transform != 0,
        { Length: 3 } parts => !(parts[0].Id == 'R' && parts[1].Id == 'G' && parts[2].Id == 'B'),
        _ => false,
    };

    private static void Interleave(byte[][] rows, Span<byte> target, bool hasChroma)
    {
        var (first, second, third) = (rows[0], rows[1], rows[2]);
        for (int i = 0, x = 0; i + 2 < target.Length; i += 3, x++)
        {
            if (!hasChroma)
            {
                (target[i], target[i + 1], target[i + 2]) = (first[x], second[x], third[x]);
                continue;
            }

            var (luma, cb, cr) = (first[x], second[x] - 128, third[x] - 128);
            target[i] = Clip(luma + (((RedOfCr * cr) + Half) >> Bits));
            target[i + 1] = Clip(luma + (((-GreenOfCb * cb) - (GreenOfCr * cr) + Half) >> Bits));
            target[i + 2] = Clip(luma + (((BlueOfCb * cb) + Half) >> Bits));
        }
    }

    private static void Print(Span<byte> target, byte[] black, bool hasChroma)
    {
        for (int i = 0, x = 0; i + 2 < target.Length; i += 3, x++)
        {
            var light = black[x];
            for (var c = 0; c < 3; c++)
            {
                // What luma and chroma gave is light; ink is the rest of it, and stands inverted.
                var ink = hasChroma ? target[i + c] : 255 - target[i + c];
                var product = (ink * light) + 128;
                target[i + c] = Clip(light - (((product >> 8) + product) >> 8));
            }
        }
    }

    private static byte Clip(int value) => (byte)Math.Clamp(value, 0, 255);
}
