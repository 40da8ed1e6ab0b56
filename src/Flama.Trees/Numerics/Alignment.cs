using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Flama.Trees.Numerics;

/// <summary>Where in an array vectors lie within cache lines: those that straddle two lines take twice as long to read or write.</summary>
internal static class Alignment
{
    /// <summary>Bytes a cache line.</summary>
    public const int Line = 64;

    /// <summary>Cuts off the front of an array that is longer by a line than what is needed.</summary>
    /// <param name="array">The array; should it be moved meanwhile, the rest is only slower.</param>
    public static Span<T> Align<T>(T[] array)
        where T : unmanaged => array.AsSpan(FirstAligned(array));

    /// <summary>The first element that starts a line.</summary>
    public static int FirstAligned<T>(T[] array)
        where T : unmanaged => (int)(-Marshal.UnsafeAddrOfPinnedArrayElement(array, 0) & (Line - 1)) / Unsafe.SizeOf<T>();
}
