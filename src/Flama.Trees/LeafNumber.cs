using System.Runtime.CompilerServices;

namespace Flama.Trees;

/// <summary>The number of a leaf in the place of its value: for leaves that hold more than one number, or one of another type.</summary>
/// <remarks>The bits of the number, not the number: nothing computes with it, so that any float32 or float64 will do.</remarks>
internal static class LeafNumber
{
    /// <summary>The value that stands for a number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T ToValue<T>(int number)
        where T : unmanaged => typeof(T) == typeof(float)
            ? Unsafe.BitCast<float, T>(BitConverter.Int32BitsToSingle(number))
            : Unsafe.BitCast<double, T>(BitConverter.Int64BitsToDouble(number));

    /// <summary>The number that a value stands for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Of<T>(T value)
        where T : unmanaged => typeof(T) == typeof(float)
            ? BitConverter.SingleToInt32Bits(Unsafe.BitCast<T, float>(value))
            : (int)BitConverter.DoubleToInt64Bits(Unsafe.BitCast<T, double>(value));
}
