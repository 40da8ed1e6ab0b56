namespace Flama.Trees.Numerics;

/// <summary>What a vector does for <see cref="RankBlend"/>, in the widest registers of the machine.</summary>
/// <typeparam name="TLane">One element: the rank of a cell, or the number of an exit.</typeparam>
/// <typeparam name="TVector">The vector.</typeparam>
internal interface ILanes<TLane, TVector>
    where TLane : unmanaged
    where TVector : struct
{
    /// <summary>Elements a vector.</summary>
    static abstract int Count { get; }

    /// <summary>The same element everywhere.</summary>
    static abstract TVector Fill(TLane value);

    /// <summary>Reads a vector.</summary>
    static abstract TVector Load(ref readonly TLane source);

    /// <summary>Writes a vector.</summary>
    static abstract void Store(TVector vector, ref TLane target);

    /// <summary>Where a rank, combined with <paramref name="flip"/> by exclusive or, is at least the threshold the element on the right, elsewhere that on the left.</summary>
    static abstract TVector Choose(ref readonly TLane ranks, TVector flip, TVector threshold, TVector left, TVector right);
}
