namespace Flama.Processing.Images.Jpeg;

/// <summary>What the header of a frame tells, with its channels.</summary>
internal sealed class JpegFrame : IDisposable
{
    private JpegFrame(int width, int height, bool isProgressive, JpegComponent[] components)
    {
        Width = width;
        Height = height;
        IsProgressive = isProgressive;
        Components = components;
        MaxHorizontal = components.Max(component => component.Horizontal);
        MaxVertical = components.Max(component => component.Vertical);
    }

    public int Width { get; }

    public int Height { get; }

    public bool IsProgressive { get; }

    public JpegComponent[] Components { get; }

    public int MaxHorizontal { get; }

    public int MaxVertical { get; }

    /// <summary>Units of interleaved scans per row.</summary>
    public int UnitsWide => (Width + (8 * MaxHorizontal) - 1) / (8 * MaxHorizontal);

    /// <summary>Rows of units.</summary>
    public int UnitsHigh => (Height + (8 * MaxVertical) - 1) / (8 * MaxVertical);

    public static JpegFrame Read(ReadOnlySpan<byte> segment, bool isProgressive, long maxPixels)
    {
        if (segment.Length < 6 || segment.Length != 6 + (3 * segment[5]))
        {
            throw ImageFault.Corrupt("JPEG", "its header has another length");
        }

        var (height, width, count) = ((segment[1] << 8) | segment[2], (segment[3] << 8) | segment[4], segment[5]);
        if (segment[0] != 8)
        {
            throw ImageFault.Unsupported($"a JPEG of {segment[0]} bits per channel");
        }

        ImageDecoder.CheckSize("JPEG", width, height, maxPixels);
        var components = count is 1 or 3 or 4 ? new JpegComponent[count] : throw ImageFault.Corrupt("JPEG", $"it has {count} channels");
        for (var i = 0; i < count; i++)
        {
            var part = segment.Slice(6 + (3 * i), 3);
            var (horizontal, vertical) = (part[1] >> 4, part[1] & 15);
            components[i] = horizontal is >= 1 and <= 4 && vertical is >= 1 and <= 4 && part[2] < 4
                ? new(part[0], horizontal, vertical, part[2])
                : throw ImageFault.Corrupt("JPEG", "its channels are sampled in no known way");
        }

        // A channel alone is its own measure.
        JpegFrame frame = new(width, height, isProgressive, count == 1 ? [new(components[0].Id, 1, 1, components[0].Quantization)] : components);
        if (Array.Exists(frame.Components, component => frame.MaxHorizontal % component.Horizontal != 0 || frame.MaxVertical % component.Vertical != 0))
        {
            throw ImageFault.Unsupported("a JPEG whose channels are sampled in no whole ratio");
        }

        return frame;
    }

    public void Dispose()
    {
        foreach (var component in Components)
        {
            component.Dispose();
        }
    }
}
