using System.Collections;
using System.Runtime.CompilerServices;

namespace Flama.Torch.Lowering;

/// <summary>The lengths of a tensor: long or <see cref="Sym"/>. Immutable.</summary>
[CollectionBuilder(typeof(TensorShape), nameof(Create))]
internal sealed class TensorShape(object[] lengths) : IReadOnlyList<object>
{
    public int Count => lengths.Length;

    public int Length => lengths.Length;

    /// <summary>The length of a dimension.</summary>
    /// <exception cref="MissingDimensionException">There is no such dimension.</exception>
    public object this[int dimension] => dimension >= 0 && dimension < lengths.Length ? lengths[dimension] : throw new MissingDimensionException(lengths.Length);

    public static implicit operator TensorShape(object[] lengths) => new(lengths);

    public static implicit operator object[](TensorShape shape) => shape.ToArray();

    public static TensorShape Create(ReadOnlySpan<object> lengths) => new(lengths.ToArray());

    /// <summary>Some of the lengths that follow each other.</summary>
    /// <exception cref="MissingDimensionException">There are fewer.</exception>
    public object[] Slice(int start, int length) => start >= 0 && length >= 0 && start + length <= lengths.Length ? lengths[start..(start + length)] : throw new MissingDimensionException(lengths.Length);

    /// <summary>The lengths, to be changed.</summary>
    public object[] ToArray() => (object[])lengths.Clone();

    /// <summary>The lengths with another one at a dimension.</summary>
    /// <exception cref="MissingDimensionException">There is no such dimension.</exception>
    public object[] With(int dimension, object length)
    {
        _ = this[dimension];
        var changed = ToArray();
        changed[dimension] = length;
        return changed;
    }

    public IEnumerator<object> GetEnumerator() => lengths.AsEnumerable().GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
