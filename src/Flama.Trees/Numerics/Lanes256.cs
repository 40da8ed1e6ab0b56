using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Flama.Trees.Numerics;

/// <summary>Vectors of 256 bits, for machines without wider ones.</summary>
/// <typeparam name="TLane">Elements without a sign.</typeparam>
internal readonly struct Lanes256<TLane> : ILanes<TLane, Vector256<TLane>>
    where TLane : unmanaged
{
    /// <inheritdoc/>
    public static int Count => Vector256<TLane>.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TLane> Fill(TLane value) => Vector256.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TLane> Load(ref readonly TLane source) => Vector256.LoadUnsafe(in source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<TLane> vector, ref TLane target) => vector.StoreUnsafe(ref target);

    /// <inheritdoc/>
    /// <remarks>AVX2 compares only numbers with a sign, but has the larger of two without.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<TLane> Choose(
        ref readonly TLane ranks, Vector256<TLane> flip, Vector256<TLane> threshold, Vector256<TLane> left, Vector256<TLane> right)
    {
        var cells = Vector256.LoadUnsafe(in ranks) ^ flip;
        return Vector256.ConditionalSelect(Vector256.Equals(Vector256.Max(cells, threshold), cells), right, left);
    }
}
