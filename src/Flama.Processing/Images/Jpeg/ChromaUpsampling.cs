namespace Flama.Processing.Images.Jpeg;

/// <summary>Brings a row of a channel that was sampled more coarsely to the picture's width, with the triangle filter of libjpeg ("fancy upsampling"); other ratios repeat samples.</summary>
internal static class ChromaUpsampling
{
    /// <summary>Writes one row of the picture.</summary>
    /// <param name="component">The channel.</param>
    /// <param name="horizontal">How often a sample stands along a row.</param>
    /// <param name="vertical">How often one stands along a column.</param>
    /// <param name="y">The row.</param>
    /// <param name="row">Takes the samples; at least <paramref name="horizontal"/> times the channel's width.</param>
    /// <param name="sums">Of the same length, to work with.</param>
    public static void Row(JpegComponent component, int horizontal, int vertical, int y, Span<byte> row, Span<int> sums)
    {
        var line = LineOf(component, y / vertical);
        if (vertical == 2 && horizontal is 1 or 2 && (horizontal == 1 || component.Width > 2))
        {
            // Three parts of the nearer line and one of the other.
            var isUpper = y % 2 == 0;
            var other = LineOf(component, (y / 2) + (isUpper ? -1 : 1));
            if (horizontal == 1)
            {
                for (var i = 0; i < line.Length; i++)
                {
                    row[i] = (byte)(((line[i] * 3) + other[i] + (isUpper ? 1 : 2)) >> 2);
                }

                return;
            }

            for (var i = 0; i < line.Length; i++)
            {
                sums[i] = (line[i] * 3) + other[i];
            }

            Widen(sums[..line.Length], row, left: 8, right: 7, shift: 4);
        }
        else if (vertical == 1 && horizontal == 2 && component.Width > 2)
        {
            for (var i = 0; i < line.Length; i++)
            {
                sums[i] = line[i];
            }

            Widen(sums[..line.Length], row, left: 1, right: 2, shift: 2);
        }
        else if (horizontal == 1)
        {
            line.CopyTo(row);
        }
        else
        {
            for (var i = 0; i < line.Length; i++)
            {
                row.Slice(i * horizontal, horizontal).Fill(line[i]);
            }
        }
    }

    private static ReadOnlySpan<byte> LineOf(JpegComponent component, int line) =>
        component.Samples.Slice(Math.Clamp(line, 0, component.Height - 1) * component.SampleStride, component.Width);

    // The outermost samples have no neighbour and count four times.
    private static void Widen(ReadOnlySpan<int> line, Span<byte> row, int left, int right, int shift)
    {
        var last = line.Length - 1;
        row[0] = (byte)(((line[0] * 4) + left) >> shift);
        row[1] = (byte)(((line[0] * 3) + line[1] + right) >> shift);
        for (var i = 1; i < last; i++)
        {
            var three = line[i] * 3;
            row[2 * i] = (byte)((three + line[i - 1] + left) >> shift);
            row[(2 * i) + 1] = (byte)((three + line[i + 1] + right) >> shift);
        }

        row[2 * last] = (byte)(((line[last] * 3) + line[last - 1] + left) >> shift);
        row[(2 * last) + 1] = (byte)(((line[last] * 4) + right) >> shift);
    }
}
