using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Flama.Json;

/// <summary>Tensors as plain bytes: little-endian, row-major, booleans one byte each. Thread-safe.</summary>
public static class TensorBytes
{
    /// <summary>Makes a tensor of a copy of bytes.</summary>
    /// <param name="spec">What the method takes.</param>
    /// <param name="type">The type that came with them; null for that of the method. It may be another one where the method leaves it open.</param>
    /// <param name="shape">The shape that came with them; null for that of the method, of which at most one length may be open.</param>
    /// <param name="bytes">The elements.</param>
    /// <returns>A new tensor; the caller disposes it.</returns>
    /// <exception cref="FlamaException">The bytes are not the elements of the shape, or the shape is not what the method takes (<see cref="ErrorCodes.InvalidInput"/>).</exception>
    public static ModelTensor Read(TensorSpec spec, ElementType? type, IReadOnlyList<long>? shape, ReadOnlySpan<byte> bytes)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var rented = BufferPool<byte>.Rent(bytes.Length);
        try
        {
            bytes.CopyTo(rented);
            return Adopt(spec, type, shape, rented, bytes.Length);
        }
        catch
        {
            BufferPool<byte>.Return(rented);
            throw;
        }
    }

    /// <summary>The elements of a tensor of numbers or booleans: its own bytes where this machine has their order.</summary>
    /// <param name="tensor">The tensor; the bytes are valid until it is disposed.</param>
    public static ReadOnlyMemory<byte> LittleEndian(ModelTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (BitConverter.IsLittleEndian)
        {
            return tensor.Buffer.AsMemory(0, tensor.Bytes.Length);
        }

        var bytes = tensor.Bytes.ToArray();
        ToMachineOrder(bytes, ElementTypes.SizeOf(tensor.Type));
        return bytes;
    }

    /// <summary>Makes a tensor of bytes, which it takes over.</summary>
    /// <param name="spec">What the method takes.</param>
    /// <param name="given">The type that came with them; null for that of the method.</param>
    /// <param name="shape">The shape that came with them; null for that of the method.</param>
    /// <param name="rented">A buffer of the pool; stays the caller's where this throws.</param>
    /// <param name="length">How many bytes of it there are.</param>
    /// <exception cref="FlamaException">The bytes are not the elements of the shape, or the shape is not what the method takes.</exception>
    internal static ModelTensor Adopt(TensorSpec spec, ElementType? given, IReadOnlyList<long>? shape, byte[] rented, int length)
    {
        var type = given ?? spec.Type;
        if (type != spec.Type && !spec.IsTypeOpen)
        {
            throw Problem(spec, $"has elements of {ElementTypes.NameOf(type)}");
        }

        var size = spec.Structure == ArrayStructure.Tensor ? ElementTypes.SizeOf(type) : 0;
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

        if (type == ElementType.Boolean && rented.AsSpan(0, length).ContainsAnyExceptInRange((byte)0, (byte)1))
        {
            throw Problem(spec, "has bytes that are neither 0 nor 1");
        }

        ToMachineOrder(rented.AsSpan(0, length), size);
        return ModelTensor.Adopt(type, made, rented);
    }

    /// <summary>Turns little-endian elements into this machine's order, or back.</summary>
    private static void ToMachineOrder(Span<byte> bytes, int size)
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
