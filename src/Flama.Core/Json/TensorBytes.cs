using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Flama.Json;

/// <summary>Tensors as plain bytes: little-endian, row-major, booleans one byte each.</summary>
internal static class TensorBytes
{
    /// <summary>Makes a tensor of bytes, which it takes over.</summary>
    /// <param name="spec">What the method takes.</param>
    /// <param name="shape">The shape that came with them; null for that of the method.</param>
    /// <param name="rented">A buffer of the pool; stays the caller's where this throws.</param>
    /// <param name="length">How many bytes of it there are.</param>
    /// <exception cref="FlamaException">The bytes are not the elements of the shape, or the shape is not what the method takes.</exception>
    public static ModelTensor Adopt(TensorSpec spec, IReadOnlyList<long>? shape, byte[] rented, int length)
    {
        var size = spec.Structure == ArrayStructure.Tensor ? ElementTypes.SizeOf(spec.Type) : 0;
        if (size == 0)
        {
            throw Problem(spec, "cannot be given as bytes");
        }

        long[] made = [.. shape ?? Guess(spec, length / size)];
        TensorShapes.Check(spec, made);
        var count = made.Aggregate((Int128)1, (product, one) => product > long.MaxValue ? product : product * one);
        if (count * size != length)
        {
            throw Problem(spec, $"has {length} bytes for the shape [{string.Join(", ", made)}]");
        }

        if (spec.Type == ElementType.Boolean && rented.AsSpan(0, length).ContainsAnyExceptInRange((byte)0, (byte)1))
        {
            throw Problem(spec, "has bytes that are neither 0 nor 1");
        }

        ToMachineOrder(rented.AsSpan(0, length), size);
        return ModelTensor.Adopt(spec.Type, made, rented);
    }

    /// <summary>Turns little-endian elements into this machine's order, or back.</summary>
    public static void ToMachineOrder(Span<byte> bytes, int size)
    {
        if (BitConverter.IsLittleEndian)
        {
            return;
        }

        switch (size)
        {
            case sizeof(short):
                var shorts = MemoryMarshal.Cast<byte, short>(bytes);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case sizeof(int):
                var ints = MemoryMarshal.Cast<byte, int>(bytes);
                BinaryPrimitives.ReverseEndianness(ints, ints);
                break;
            case sizeof(long):
                var longs = MemoryMarshal.Cast<byte, long>(bytes);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
        }
    }

    private static IEnumerable<long> Guess(TensorSpec spec, long elements)
    {
        if (spec.Shape is not { } shape || shape.Count(dimension => dimension.Length is null) > 1)
        {
            throw Problem(spec, "needs its shape beside its bytes");
        }

        var known = shape.Aggregate(1L, (product, dimension) => unchecked(product * (dimension.Length ?? 1)));
        return shape.Select(dimension => dimension.Length ?? (known == 0 ? 0 : elements / known));
    }

    private static FlamaException Problem(TensorSpec spec, string what) =>
        new([new InputProblem(ProblemTypes.FeatureCount, $"'{spec.Name}' {what}, expected {spec}.", FeatureName: spec.Name)], 1);
}
