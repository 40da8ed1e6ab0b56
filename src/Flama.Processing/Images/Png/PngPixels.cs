namespace Flama.Processing.Images.Png;

/// <summary>Turns the samples of a row into grey, or red, green and blue.</summary>
internal readonly ref struct PngPixels(PngHeader header, ReadOnlySpan<byte> palette)
{
    private readonly ReadOnlySpan<byte> palette = palette;

    /// <summary>Writes some pixels of a row.</summary>
    /// <param name="samples">The samples.</param>
    /// <param name="row">The whole row of the picture.</param>
    /// <param name="count">How many pixels the samples are.</param>
    /// <param name="first">Where the first one goes.</param>
    /// <param name="step">How far apart they go.</param>
    public void Unpack(ReadOnlySpan<byte> samples, Span<byte> row, int count, int first, int step)
    {
        var sample = header.Depth == 16 ? 2 : 1;
        for (int i = 0, x = first; i < count; i++, x += step)
        {
            switch (header.Type)
            {
                case PngHeader.Grey when header.Depth < 8:
                    row[x] = (byte)(Packed(samples, i) * 255 / ((1 << header.Depth) - 1));
                    break;
                case PngHeader.Palette:
                    Look(Packed(samples, i)).CopyTo(row[(x * 3)..]);
                    break;
                case PngHeader.Grey or PngHeader.GreyAlpha:
                    row[x] = samples[i * header.Samples * sample];
                    break;
                default:
                    var at = i * header.Samples * sample;
                    row[x * 3] = samples[at];
                    row[(x * 3) + 1] = samples[at + sample];
                    row[(x * 3) + 2] = samples[at + (2 * sample)];
                    break;
            }
        }
    }

    private int Packed(ReadOnlySpan<byte> samples, int index)
    {
        if (header.Depth == 8)
        {
            return samples[index];
        }

        var bit = index * header.Depth;
        return (samples[bit >> 3] >> (8 - header.Depth - (bit & 7))) & ((1 << header.Depth) - 1);
    }

    private ReadOnlySpan<byte> Look(int index) => (index * 3) + 3 <= palette.Length ? palette.Slice(index * 3, 3) : throw ImageFault.Corrupt("PNG", "a pixel is not in its palette");
}
