namespace Flama.Processing.Images;

/// <summary>Which pixels along one direction make each new one, and how much of each, as Pillow computes it. Immutable.</summary>
internal sealed class ResampleWeights
{
    private const int Bits = 32 - 8 - 2;

    private readonly int[] weights;
    private readonly int[] first;
    private readonly int[] counts;
    private readonly int size;

    private ResampleWeights(int[] weights, int[] first, int[] counts, int size)
    {
        this.weights = weights;
        this.first = first;
        this.counts = counts;
        this.size = size;
    }

    public static ResampleWeights Of(int from, int to, ImageFilter filter, bool antialias)
    {
        var scale = (double)from / to;
        var kernelScale = antialias ? Math.Max(1, scale) : 1;
        var support = ImageFilters.SupportOf(filter) * kernelScale;
        var length = ((int)Math.Ceiling(support) * 2) + 1;
        var (values, begins, lengths) = (new int[checked(to * length)], new int[to], new int[to]);
        var exact = new double[length];
        for (var i = 0; i < to; i++)
        {
            var center = (i + 0.5) * scale;
            var begin = Math.Max(0, (int)(center - support + 0.5));
            var count = Math.Min(from, (int)(center + support + 0.5)) - begin;
            var sum = 0.0;
            for (var k = 0; k < count; k++)
            {
                exact[k] = ImageFilters.WeightAt(filter, (k + begin - center + 0.5) * (1 / kernelScale));
                sum += exact[k];
            }

            for (var k = 0; k < count; k++)
            {
                var weight = (sum == 0 ? exact[k] : exact[k] / sum) * (1 << Bits);
                values[(i * length) + k] = (int)(weight < 0 ? weight - 0.5 : weight + 0.5);
            }

            (begins[i], lengths[i]) = (begin, count);
        }

        return new(values, begins, lengths, length);
    }

    /// <summary>The first pixel that counts.</summary>
    public int FirstOf(int index) => first[index];

    /// <summary>The weights of the pixels from the first one on, in units of 2⁻²².</summary>
    public ReadOnlySpan<int> Of(int index) => weights.AsSpan(index * size, counts[index]);
}
