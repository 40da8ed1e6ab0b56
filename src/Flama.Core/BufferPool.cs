using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace Flama;

/// <summary>Arrays for short use on one thread: several of each size without a lock, where the shared pool keeps one.</summary>
/// <remarks>
/// A prediction for one row needs a handful of small arrays of the same size at once; the shared pool then takes its slow path, which costs more than
/// the prediction. Arrays above <see cref="MaxPooledLength"/> come from the shared pool, and those above 4 MB from no pool: the shared one would keep them
/// for minutes, and give twice as much as was asked for. An array may be returned on another thread than it was rented on.
/// </remarks>
/// <typeparam name="T">The elements.</typeparam>
internal static class BufferPool<T>
{
    /// <summary>The longest array that is kept here.</summary>
    public const int MaxPooledLength = 1 << MaxShift;

    private const int MinShift = 4;
    private const int MaxShift = 12;
    private const int Depth = 12;
    private const int LargestSharedBytes = 4 << 20;

    [ThreadStatic]
    private static Shelf[]? shelves;

    /// <summary>Rents an array of at least a length; its elements are what the last user left.</summary>
    public static T[] Rent(int length)
    {
        if (length > MaxPooledLength)
        {
            return IsLarge(length) ? GC.AllocateUninitializedArray<T>(length) : ArrayPool<T>.Shared.Rent(length);
        }

        if (length == 0)
        {
            return [];
        }

        var shift = ShiftOf(length);
        ref var shelf = ref (shelves ??= NewShelves())[shift - MinShift];
        return shelf.Count > 0 ? shelf.Arrays[--shelf.Count] : new T[1 << shift];
    }

    /// <summary>Returns an array that <see cref="Rent"/> gave, once.</summary>
    public static void Return(T[] array, bool clear = false)
    {
        if (array.Length == 0)
        {
            return;
        }

        if (array.Length > MaxPooledLength)
        {
            if (!IsLarge(array.Length))
            {
                ArrayPool<T>.Shared.Return(array, clear);
            }

            return;
        }

        if (clear)
        {
            Array.Clear(array);
        }

        ref var shelf = ref (shelves ??= NewShelves())[ShiftOf(array.Length) - MinShift];
        if (shelf.Count < Depth)
        {
            shelf.Arrays[shelf.Count++] = array;
        }
    }

    private static bool IsLarge(int length) => (long)length * Unsafe.SizeOf<T>() > LargestSharedBytes;

    private static int ShiftOf(int length) => Math.Max(MinShift, 32 - BitOperations.LeadingZeroCount((uint)(length - 1)));

    private static Shelf[] NewShelves()
    {
        var made = new Shelf[MaxShift - MinShift + 1];
        for (var i = 0; i < made.Length; i++)
        {
            made[i].Arrays = new T[Depth][];
        }

        return made;
    }

    private struct Shelf
    {
        public T[][] Arrays;
        public int Count;
    }
}
