namespace Flama.Processing.Images;

/// <summary>The kernels of filters, with Pillow's definitions.</summary>
internal static class ImageFilters
{
    /// <summary>How far a kernel reaches to each side at the size of the source.</summary>
    public static double SupportOf(ImageFilter filter) => filter switch
    {
        ImageFilter.Box => 0.5,
        ImageFilter.Bicubic => 2,
        ImageFilter.Lanczos => 3,
        _ => 1,
    };

    /// <summary>The weight of a sample at a distance from the centre.</summary>
    public static double WeightAt(ImageFilter filter, double distance)
    {
        var x = Math.Abs(distance);
        switch (filter)
        {
            case ImageFilter.Box:
                return distance is > -0.5 and <= 0.5 ? 1 : 0;
            case ImageFilter.Bilinear:
                return x < 1 ? 1 - x : 0;
            case ImageFilter.Hamming:
                return x == 0 ? 1 : x >= 1 ? 0 : Math.Sin(x * Math.PI) / (x * Math.PI) * (0.54 + (0.46 * Math.Cos(x * Math.PI)));
            case ImageFilter.Lanczos:
                return distance is >= -3 and < 3 ? Sinc(distance) * Sinc(distance / 3) : 0;
            default:
                const double a = -0.5;
                return x < 1 ? ((((a + 2) * x) - (a + 3)) * x * x) + 1
                    : x < 2 ? ((((x - 5) * x) + 8) * x - 4) * a
                    : 0;
        }
    }

    private static double Sinc(double x) => x == 0 ? 1 : Math.Sin(x * Math.PI) / (x * Math.PI);
}
