namespace Flama.Processing.Images.Jpeg;

/// <summary>The inverse DCT of 8 × 8 blocks in whole numbers, with the results of libjpeg's "islow", which Pillow and OpenCV decode with.</summary>
/// <remarks>Loeffler, Ligtenberg and Moschytz, "Practical fast 1-D DCT algorithms with 11 multiplications" (1989): 13 fractional bits in constants, 2 kept between the passes.</remarks>
internal static class InverseDct
{
    private const int ConstantBits = 13, PassBits = 2;

    private const int F0298 = 2446, F0390 = 3196, F0541 = 4433, F0765 = 6270, F0899 = 7373, F1175 = 9633, F1501 = 12299, F1847 = 15137, F1961 = 16069, F2053 = 16819,
        F2562 = 20995, F3072 = 25172;

    /// <summary>Writes the samples of a block.</summary>
    /// <param name="block">64 coefficients, rows of the block one after the other.</param>
    /// <param name="table">What each is multiplied by, in the same order.</param>
    /// <param name="target">The first sample of the block.</param>
    /// <param name="stride">Samples from a row to the next.</param>
    public static void Transform(ReadOnlySpan<short> block, ReadOnlySpan<ushort> table, Span<byte> target, int stride)
    {
        Span<int> work = stackalloc int[64];
        for (var i = 0; i < 64; i++)
        {
            work[i] = block[i] * table[i];
        }

        for (var column = 0; column < 8; column++)
        {
            Pass(work[column..], 8, ConstantBits - PassBits);
        }

        for (var row = 0; row < 8; row++)
        {
            var line = work.Slice(row * 8, 8);
            Pass(line, 1, ConstantBits + PassBits + 3);
            var samples = target.Slice(row * stride, 8);
            for (var i = 0; i < 8; i++)
            {
                samples[i] = (byte)Math.Clamp(line[i] + 128, 0, 255);
            }
        }
    }

    private static void Pass(Span<int> v, int step, int shift)
    {
        unchecked
        {
            var (z2, z3) = (v[2 * step], v[6 * step]);
            var z1 = (z2 + z3) * F0541;
            var (even2, even3) = (z1 - (z3 * F1847), z1 + (z2 * F0765));
            var (even0, even1) = ((v[0] + v[4 * step]) << ConstantBits, (v[0] - v[4 * step]) << ConstantBits);
            var (t10, t13, t11, t12) = (even0 + even3, even0 - even3, even1 + even2, even1 - even2);

            var (o0, o1, o2, o3) = (v[7 * step], v[5 * step], v[3 * step], v[1 * step]);
            (z1, z2, z3) = (o0 + o3, o1 + o2, o0 + o2);
            var z4 = o1 + o3;
            var z5 = (z3 + z4) * F1175;
            (o0, o1, o2, o3) = (o0 * F0298, o1 * F2053, o2 * F3072, o3 * F1501);
            (z1, z2, z3, z4) = (-z1 * F0899, -z2 * F2562, (-z3 * F1961) + z5, (-z4 * F0390) + z5);
            (o0, o1, o2, o3) = (o0 + z1 + z3, o1 + z2 + z4, o2 + z2 + z3, o3 + z1 + z4);

            var half = 1 << (shift - 1);
            v[0] = (t10 + o3 + half) >> shift;
            v[7 * step] = (t10 - o3 + half) >> shift;
            v[1 * step] = (t11 + o2 + half) >> shift;
            v[6 * step] = (t11 - o2 + half) >> shift;
            v[2 * step] = (t12 + o1 + half) >> shift;
            v[5 * step] = (t12 - o1 + half) >> shift;
            v[3 * step] = (t13 + o0 + half) >> shift;
            v[4 * step] = (t13 - o0 + half) >> shift;
        }
    }
}
