namespace Flama.Processing.Images.Jpeg;

/// <summary>Decodes the coefficients of blocks: all at once, or the part that a progressive scan has.</summary>
/// <param name="first">The first coefficient of the scan.</param>
/// <param name="last">Its last one.</param>
/// <param name="high">How many bits scans before have left out; 0 for the first scan of these coefficients.</param>
/// <param name="low">How many bits this one leaves out.</param>
internal sealed class BlockDecoder(int first, int last, int high, int low)
{
    private int emptyBlocks;

    /// <summary>Where a coefficient in the order of the file is in its block; places behind the last are there for runs that lead out.</summary>
    public static ReadOnlySpan<byte> Order =>
    [
        0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48, 41, 34, 27, 20, 13, 6, 7, 14, 21, 28,
        35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59, 52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63,
    ];

    /// <summary>Decodes a whole block.</summary>
    public static void Decode(ref JpegBits bits, JpegComponent component, scoped Span<short> block)
    {
        block[0] = ReadDc(ref bits, component);
        for (var k = 1; k < 64; k++)
        {
            var symbol = component.Ac!.Read(ref bits);
            var size = symbol & 15;
            k += symbol >> 4;
            if (size == 0)
            {
                if (symbol != 0xF0)
                {
                    return;
                }
            }
            else
            {
                block[PlaceOf(k)] = (short)bits.TakeSigned(size);
            }
        }
    }

    /// <summary>Decodes the part of a block that this scan has.</summary>
    public void DecodePart(ref JpegBits bits, JpegComponent component, scoped Span<short> block)
    {
        if (first > 0 && high == 0)
        {
            ReadFirst(ref bits, component, block);
        }
        else if (first > 0)
        {
            Refine(ref bits, component, block);
        }
        else if (high == 0)
        {
            block[0] = (short)(ReadDc(ref bits, component) << low);
        }
        else if (bits.Take(1) == 1)
        {
            block[0] |= (short)(1 << low);
        }
    }

    /// <summary>Begins anew behind a restart marker.</summary>
    public void Restart() => emptyBlocks = 0;

    private static short ReadDc(ref JpegBits bits, JpegComponent component)
    {
        var size = component.Dc!.Read(ref bits);
        if (size > 15)
        {
            throw ImageFault.Corrupt("JPEG", "a coefficient is too large");
        }

        component.Prediction = (short)(component.Prediction + bits.TakeSigned(size));
        return (short)component.Prediction;
    }

    private static int PlaceOf(int index) => index < 64 ? Order[index] : throw ImageFault.Corrupt("JPEG", "a run leads out of its block");

    private void ReadFirst(ref JpegBits bits, JpegComponent component, scoped Span<short> block)
    {
        if (emptyBlocks > 0)
        {
            emptyBlocks--;
            return;
        }

        for (var k = first; k <= last; k++)
        {
            var symbol = component.Ac!.Read(ref bits);
            var (run, size) = (symbol >> 4, symbol & 15);
            if (size == 0 && run < 15)
            {
                emptyBlocks = (1 << run) + bits.Take(run) - 1;
                return;
            }

            k += run;
            if (size > 0)
            {
                block[PlaceOf(k)] = (short)(bits.TakeSigned(size) << low);
            }
        }
    }

    // One more bit of coefficients that are not zero, between new ones of the value ±1.
    private void Refine(ref JpegBits bits, JpegComponent component, scoped Span<short> block)
    {
        var k = first;
        while (emptyBlocks == 0 && k <= last)
        {
            var symbol = component.Ac!.Read(ref bits);
            var (run, size) = (symbol >> 4, symbol & 15);
            short value = 0;
            if (size == 1)
            {
                value = (short)(bits.Take(1) == 1 ? 1 << low : -1 << low);
            }
            else if (size > 1)
            {
                throw ImageFault.Corrupt("JPEG", "a refinement is of more than one bit");
            }
            else if (run < 15)
            {
                emptyBlocks = (1 << run) + bits.Take(run);
                break;
            }

            k = RefineRun(ref bits, block, k, run);
            if (value != 0)
            {
                block[PlaceOf(k)] = value;
            }

            k++;
        }

        if (emptyBlocks > 0)
        {
            RefineRun(ref bits, block, k, int.MaxValue);
            emptyBlocks--;
        }
    }

    // Goes over so many zeros, to the place behind them; gives the rest of what is not zero its bit.
    private int RefineRun(ref JpegBits bits, scoped Span<short> block, int k, int zeros)
    {
        for (; k <= last; k++)
        {
            ref var coefficient = ref block[Order[k]];
            if (coefficient == 0)
            {
                if (zeros-- == 0)
                {
                    return k;
                }
            }
            else if (bits.Take(1) == 1 && (coefficient & (1 << low)) == 0)
            {
                coefficient += (short)(coefficient > 0 ? 1 << low : -1 << low);
            }
        }

        return k;
    }
}
