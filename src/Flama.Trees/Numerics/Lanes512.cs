using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Flama.Trees.Numerics;

/// <summary>Vectors of 512 bits.</summary>
/// <typeparam name="TLane">Elements without a sign.</typeparam>
internal readonly struct Lanes512<TLane> : ILanes<TLane, Vector512<TLane>>
    where TLane : unmanaged
{
    /// <inheritdoc/>
    public static int Count => Vector512<TLane>.Count;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TLane> Fill(TLane value) => Vector512.Create(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TLane> Load(ref readonly TLane source) => Vector512.LoadUnsafe(in source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<TLane> vector, ref TLane target) => vector.StoreUnsafe(ref target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<TLane> Choose(
        ref readonly TLane ranks, Vector512<TLane> flip, Vector512<TLane> threshold, Vector512<TLane> left, Vector512<TLane> right) =>
        Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(Vector512.LoadUnsafe(in ranks) ^ flip, threshold), right, left);
}
