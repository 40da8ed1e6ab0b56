using System.Buffers.Binary;

namespace Flama.Torch.Archives;

/// <summary>A tensor of a file: a view of a storage that others may share. Immutable.</summary>
internal sealed class StoredTensor
{
    private const int MaxRank = 64;

    private readonly ReadOnlyMemory<byte> storage;
    private readonly long offset;
    private readonly long[] strides;
    private ReadOnlyMemory<byte>? contiguous;

    private StoredTensor(TorchType type, ReadOnlyMemory<byte> storage, long offset, long[] shape, long[] strides)
    {
        Type = type;
        this.storage = storage;
        this.offset = offset;
        Shape = shape;
        this.strides = strides;
    }

    public TorchType Type { get; }

    public IReadOnlyList<long> Shape { get; }

    /// <summary>The number of elements.</summary>
    public long Count => Shape.Aggregate(1L, (product, length) => product * length);

    /// <summary>Makes a tensor and checks that it lies in its storage.</summary>
    /// <remarks>Where it does not lie in one piece, its elements are copied later: <c>charge</c> is told how many bytes that are, and throws where it is too much.</remarks>
    /// <exception cref="FlamaException">It does not.</exception>
    public static StoredTensor Of(TorchType type, ReadOnlyMemory<byte> storage, long offset, long[] shape, long[] strides, Action<long> charge)
    {
        var last = (Int128)offset;
        var count = (Int128)1;
        if (offset < 0 || shape.Length != strides.Length || shape.Length > MaxRank)
        {
            throw TorchErrors.Corrupt("a tensor's offset, sizes or strides are not possible");
        }

        for (var i = 0; i < shape.Length; i++)
        {
            if (shape[i] < 0 || strides[i] < 0)
            {
                throw TorchErrors.Corrupt("a tensor's offset, sizes or strides are not possible");
            }

            count *= shape[i];
            last += (Int128)Math.Max(0, shape[i] - 1) * strides[i];
            if (count > int.MaxValue || last > long.MaxValue)
            {
                throw TorchErrors.Corrupt("a tensor has more elements than can be");
            }
        }

        if (count > 0 && (last + 1) * TorchTypes.SizeOf(type) > storage.Length)
        {
            throw TorchErrors.Corrupt($"a tensor needs {(last + 1) * TorchTypes.SizeOf(type)} bytes of a storage that has {storage.Length}");
        }

        StoredTensor made = new(type, storage, offset, shape, strides);
        if (!made.IsDense())
        {
            // A stride of 0 repeats elements: a few bytes of a file may stand for any number.
            charge((long)count * TorchTypes.SizeOf(type));
        }

        return made;
    }

    /// <summary>A tensor whose type and shape are told, and no elements.</summary>
    public static StoredTensor Described(TorchType type, long[] shape) => new(type, default, 0, shape, new long[shape.Length]);

    /// <summary>The elements, row-major and little-endian.</summary>
    public ReadOnlyMemory<byte> ReadBytes() => contiguous ??= Gather();

    /// <summary>The only element as int, float or bool; null where there are several.</summary>
    public object? Scalar()
    {
        if (Count != 1)
        {
            return null;
        }

        var bytes = ReadBytes().Span;
        return Type switch
        {
            TorchType.UInt8 => (long)bytes[0],
            TorchType.Int8 => (long)(sbyte)bytes[0],
            TorchType.Bool => bytes[0] != 0,
            TorchType.Int16 => (long)BinaryPrimitives.ReadInt16LittleEndian(bytes),
            TorchType.Int32 => (long)BinaryPrimitives.ReadInt32LittleEndian(bytes),
            TorchType.Int64 => BinaryPrimitives.ReadInt64LittleEndian(bytes),
            TorchType.Half => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
            TorchType.BFloat16 => (double)BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16),
            TorchType.Float => (double)BinaryPrimitives.ReadSingleLittleEndian(bytes),
            TorchType.Double => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
            _ => null,
        };
    }

    private bool IsDense()
    {
        var expected = 1L;
        for (var i = Shape.Count - 1; i >= 0; i--)
        {
            if (Shape[i] != 1 && strides[i] != expected)
            {
                return Count == 0;
            }

            expected *= Shape[i];
        }

        return true;
    }

    private ReadOnlyMemory<byte> Gather()
    {
        var size = TorchTypes.SizeOf(Type);
        if (IsDense())
        {
            return Count == 0 ? default : storage.Slice(checked((int)(offset * size)), checked((int)(Count * size)));
        }

        var bytes = new byte[checked((int)(Count * size))];
        var source = storage.Span;
        var index = new long[Shape.Count];
        var at = offset;
        for (var written = 0; written < bytes.Length; written += size)
        {
            source.Slice((int)(at * size), size).CopyTo(bytes.AsSpan(written));
            for (var i = index.Length - 1; i >= 0; i--)
            {
                at += strides[i];
                if (++index[i] < Shape[i])
                {
                    break;
                }

                at -= strides[i] * Shape[i];
                index[i] = 0;
            }
        }

        return bytes;
    }
}
