namespace Flama.Processing.Images.Png;

/// <summary>Reads rows of samples and undoes their filters.</summary>
internal sealed class PngRows(PngHeader header, int width, Stream pixels)
{
    private readonly int step = header.Step;
    private byte[] above = new byte[header.RowBytes(width)];
    private byte[] row = new byte[header.RowBytes(width)];

    /// <summary>The next row; valid until the one after it is read.</summary>
    /// <exception cref="FlamaException">The data end before it, or its filter is not defined.</exception>
    public ReadOnlySpan<byte> Next()
    {
        (row, above) = (above, row);
        Span<byte> filter = stackalloc byte[1];
        if (pixels.Read(filter) == 0 || pixels.ReadAtLeast(row, row.Length, throwOnEndOfStream: false) < row.Length)
        {
            throw ImageFault.Truncated("PNG");
        }

        switch (filter[0])
        {
            case 0:
                break;
            case 1:
                for (var i = step; i < row.Length; i++)
                {
                    row[i] += row[i - step];
                }

                break;
            case 2:
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] += above[i];
                }

                break;
            case 3:
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] += (byte)(((i < step ? 0 : row[i - step]) + above[i]) / 2);
                }

                break;
            case 4:
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] += i < step ? above[i] : Paeth(row[i - step], above[i], above[i - step]);
                }

                break;
            default:
                throw ImageFault.Corrupt("PNG", "a row has a filter that is not defined");
        }

        return row;
    }

    private static byte Paeth(int left, int above, int corner)
    {
        var estimate = left + above - corner;
        var (toLeft, toAbove, toCorner) = (Math.Abs(estimate - left), Math.Abs(estimate - above), Math.Abs(estimate - corner));
        return (byte)(toLeft <= toAbove && toLeft <= toCorner ? left : toAbove <= toCorner ? above : corner);
    }
}
