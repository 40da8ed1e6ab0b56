namespace Flama.Boosters.XGBoost;

/// <summary>An array of numbers in a booster's document, stored as its file has them.</summary>
/// <param name="Items">Of bytes, shorts, ints, longs, floats or doubles; none that the runtime takes for another of these.</param>
internal sealed record DocumentArray(Array Items)
{
    public static readonly DocumentArray Empty = new(System.Array.Empty<double>());

    /// <summary>What stands for a number that is not a whole one of 32 bits; no index is that.</summary>
    public const int NoInteger = int.MinValue;

    public int Count => Items.Length;

    /// <summary>The numbers rounded to float32.</summary>
    public float[] ToSingles() => Items switch
    {
        float[] singles => singles,
        double[] doubles => Array.ConvertAll(doubles, number => (float)number),
        int[] integers => Array.ConvertAll(integers, number => (float)number),
        long[] integers => Array.ConvertAll(integers, number => (float)number),
        short[] integers => Array.ConvertAll(integers, number => (float)number),
        byte[] integers => Array.ConvertAll(integers, number => (float)number),
        _ => [],
    };

    /// <summary>The numbers as doubles.</summary>
    public double[] ToDoubles() => Items switch
    {
        double[] doubles => doubles,
        float[] singles => Array.ConvertAll(singles, number => (double)number),
        long[] integers => Array.ConvertAll(integers, number => (double)number),
        _ => Array.ConvertAll(ToIntegers(), number => (double)number),
    };

    /// <summary>The numbers as ints; those that are none become <see cref="NoInteger"/>.</summary>
    public int[] ToIntegers() => Items switch
    {
        int[] integers => integers,
        double[] doubles => Array.ConvertAll(doubles, ToInteger),
        float[] singles => Array.ConvertAll(singles, number => ToInteger(number)),
        long[] integers => Array.ConvertAll(integers, number => number is > int.MinValue and <= int.MaxValue ? (int)number : NoInteger),
        short[] integers => Array.ConvertAll(integers, number => (int)number),
        byte[] integers => Array.ConvertAll(integers, number => (int)number),
        _ => [],
    };

    /// <summary>Whether every number is 0.</summary>
    public bool IsZero => Items switch
    {
        byte[] integers => !integers.AsSpan().ContainsAnyExcept((byte)0),
        int[] integers => !integers.AsSpan().ContainsAnyExcept(0),
        _ => !ToIntegers().AsSpan().ContainsAnyExcept(0),
    };

    /// <summary>The numbers as flags, each 0 or 1; null when one is neither 0 nor 1.</summary>
    public byte[]? ToFlags()
    {
        var bytes = Items as byte[] ?? Array.ConvertAll(ToIntegers(), number => number is 0 or 1 ? (byte)number : byte.MaxValue);
        return bytes.AsSpan().ContainsAnyExceptInRange((byte)0, (byte)1) ? null : bytes;
    }

    private static int ToInteger(double number) => number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue ? (int)number : NoInteger;
}
