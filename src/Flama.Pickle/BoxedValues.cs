namespace Flama.Pickle;

/// <summary>Boxes for the values that pickles are full of, made once.</summary>
internal static class BoxedValues
{
    private const int Smallest = -5;
    private const int Largest = 1024;
    private static readonly object[] Integers =
        [.. Enumerable.Range(Smallest, Largest - Smallest + 1).Select(value => (object)(long)value)];

    /// <summary>True.</summary>
    public static object True { get; } = true;

    /// <summary>False.</summary>
    public static object False { get; } = false;

    /// <summary>A boxed boolean.</summary>
    public static object Of(bool value) => value ? True : False;

    /// <summary>A boxed integer.</summary>
    public static object Of(long value)
    {
        var index = (ulong)(value - Smallest);
        return index < (ulong)Integers.Length ? Integers[index] : value;
    }
}
