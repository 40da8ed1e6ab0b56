namespace Flama.Processing.Images.Jpeg;

/// <summary>Which channels and coefficients one scan has, and the walk through its blocks.</summary>
internal sealed class JpegScan
{
    private readonly JpegFrame frame;
    private readonly JpegComponent[] components;
    private readonly int restartInterval;
    private readonly BlockDecoder decoder;

    private JpegScan(JpegFrame frame, JpegComponent[] components, BlockDecoder decoder, int restartInterval)
    {
        this.frame = frame;
        this.components = components;
        this.decoder = decoder;
        this.restartInterval = restartInterval;
    }

    /// <summary>The channels of the scan.</summary>
    public IReadOnlyList<JpegComponent> Components => components;

    public static JpegScan Read(ReadOnlySpan<byte> segment, JpegFrame frame, JpegTables tables)
    {
        if (segment.IsEmpty || segment.Length != 4 + (2 * segment[0]) || segment[0] is < 1 or > 4)
        {
            throw ImageFault.Corrupt("JPEG", "the header of a scan has another length");
        }

        var chosen = new JpegComponent[segment[0]];
        var (first, last, high, low) = (segment[^3], segment[^2], segment[^1] >> 4, segment[^1] & 15);
        var isSound = !frame.IsProgressive || (first <= last && last < 64 && low <= 13 && (high == 0 || high == low + 1) && (first > 0 || last == 0) && (first == 0 || chosen.Length == 1));
        for (var i = 0; i < chosen.Length && isSound; i++)
        {
            var (id, codes) = (segment[1 + (2 * i)], segment[2 + (2 * i)]);
            chosen[i] = Array.Find(frame.Components, component => component.Id == id)!;
            isSound = chosen[i] is not null && Array.IndexOf(chosen, chosen[i]) == i;
            if (isSound)
            {
                chosen[i].Table ??= tables.Quantization(chosen[i].Quantization);
                chosen[i].Dc = !frame.IsProgressive || (first == 0 && high == 0) ? tables.Codes(0, codes >> 4) : null;
                chosen[i].Ac = !frame.IsProgressive || first > 0 ? tables.Codes(1, codes & 15) : null;
            }
        }

        return isSound
            ? new(frame, chosen, frame.IsProgressive ? new(first, last, high, low) : new(0, 63, 0, 0), tables.RestartInterval)
            : throw ImageFault.Corrupt("JPEG", "the header of a scan has values that are not defined");
    }

    /// <summary>Reads the blocks.</summary>
    /// <returns>Where the scan ends.</returns>
    public int Decode(ReadOnlySpan<byte> file, int position, CancellationToken cancellationToken)
    {
        JpegBits bits = new(file, position);
        var isAlone = components.Length == 1;
        var (wide, high) = isAlone ? (components[0].BlocksWide, components[0].BlocksHigh) : (frame.UnitsWide, frame.UnitsHigh);
        Array.ForEach(components, static component => component.Prediction = 0);
        var untilRestart = restartInterval;
        for (var row = 0; row < high; row++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            for (var column = 0; column < wide; column++)
            {
                if (restartInterval > 0 && untilRestart-- == 0)
                {
                    bits.Restart();
                    decoder.Restart();
                    Array.ForEach(components, static component => component.Prediction = 0);
                    untilRestart = restartInterval - 1;
                }

                if (isAlone)
                {
                    Decode(ref bits, components[0], row, column);
                }
                else
                {
                    DecodeUnit(ref bits, row, column);
                }
            }
        }

        return bits.Position;
    }

    private void DecodeUnit(ref JpegBits bits, int row, int column)
    {
        foreach (var component in components)
        {
            for (var y = 0; y < component.Vertical; y++)
            {
                for (var x = 0; x < component.Horizontal; x++)
                {
                    Decode(ref bits, component, (row * component.Vertical) + y, (column * component.Horizontal) + x);
                }
            }
        }
    }

    private void Decode(ref JpegBits bits, JpegComponent component, int row, int column)
    {
        if (frame.IsProgressive)
        {
            decoder.DecodePart(ref bits, component, component.Block(row, column));
            return;
        }

        scoped Span<short> block = stackalloc short[64];
        block.Clear();
        BlockDecoder.Decode(ref bits, component, block);
        component.Transform(block, row, column);
    }
}
