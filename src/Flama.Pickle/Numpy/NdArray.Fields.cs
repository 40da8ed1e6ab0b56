using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Flama.Pickle.Numpy;

/// <content>Records and plain values.</content>
public sealed partial class NdArray
{
    /// <summary>Whether the elements are records with a field of this name.</summary>
    public bool HasField(string name) => FindField(name) is not null;

    /// <summary>One field of every record, as an array of the same shape.</summary>
    /// <param name="name">The field's name.</param>
    /// <exception cref="PickleException">The elements have no such field.</exception>
    public NdArray Field(string name)
    {
        var field = FindField(name) ?? throw NoField(name);
        if (Type.HasObjects)
        {
            throw WrongKind("records of plain values");
        }

        var size = field.Type.ItemSize;
        var result = new byte[checked(Length * size)];
        switch (size)
        {
            case 8:
                Gather(MemoryMarshal.Cast<byte, long>(result.AsSpan()), field.Offset);
                break;
            case 4:
                Gather(MemoryMarshal.Cast<byte, int>(result.AsSpan()), field.Offset);
                break;
            case 1:
                Gather<byte>(result, field.Offset);
                break;
            default:
                for (var i = 0; i < Length; i++)
                {
                    Data.Span.Slice((i * Type.ItemSize) + field.Offset, size).CopyTo(result.AsSpan(i * size));
                }

                break;
        }

        return new NdArray(field.Type, [.. Shape], result, IsFortran);
    }

    /// <summary>Copies one field of every record of a one-dimensional array as numbers, booleans as 0 and 1.</summary>
    /// <param name="name">The field's name.</param>
    /// <param name="target">A place for each record.</param>
    /// <typeparam name="T">What numbers become; the nearest there is where one does not fit. Floats are not copied to integers.</typeparam>
    /// <exception cref="PickleException">The elements have no such field, or it has no numbers of the kind.</exception>
    public void CopyField<T>(string name, Span<T> target)
        where T : unmanaged, INumberBase<T>
    {
        var field = FindField(name) ?? throw NoField(name);
        if (Type.HasObjects || Shape.Count != 1 || target.Length > Length)
        {
            throw WrongKind("records of plain values");
        }

        if (field.Type.IsBigEndian)
        {
            Field(name).CopyNumbers(target);
            return;
        }

        CopyNumbers(Data.Span, field.Offset, Type.ItemSize, field.Type, target);
    }

    /// <summary>
    /// The elements as plain values, in C order: <see cref="long"/> (<see cref="System.Numerics.BigInteger"/> above its range),
    /// <see cref="double"/>,
    /// <see cref="bool"/>, <see cref="string"/>, <see cref="byte"/> arrays, <see cref="System.Numerics.Complex"/>; objects as they are.
    /// </summary>
    public object?[] ToObjects()
    {
        if (Type.Kind == DTypeKind.Object)
        {
            return [.. Items];
        }

        if (Type.Kind == DTypeKind.Text)
        {
            return ToStrings();
        }

        var result = new object?[Length];
        var data = Data.Span;
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = NumpyScalar.Read(Type, data.Slice(i * Type.ItemSize, Type.ItemSize));
        }

        return ToRowMajor(result);
    }

    private DTypeField? FindField(string name)
    {
        foreach (var field in Type.Fields)
        {
            if (field.Name == name)
            {
                return field;
            }
        }

        return null;
    }

    private PickleException NoField(string name)
    {
        var known = Type.Fields.Count == 0 ? "none" : string.Join(", ", Type.Fields.Select(field => ValueDescription.Safe(field.Name)));
        return new(PickleErrorCode.Corrupt, $"An array of type {Type.Code} has no field '{name}'; it has {known}.");
    }

    private void CopyNumbers<T>(Span<T> target)
        where T : unmanaged, INumberBase<T> => CopyNumbers(LittleEndianData(), 0, Type.ItemSize, Type, target);

    private void CopyNumbers<T>(ReadOnlySpan<byte> data, int offset, int stride, DType type, Span<T> target)
        where T : unmanaged, INumberBase<T>
    {
        switch (type.Kind, type.ItemSize)
        {
            case (DTypeKind.Float, 8) when T.IsZero(T.CreateTruncating(0.5)):
            case (DTypeKind.Float, 4) when T.IsZero(T.CreateTruncating(0.5)):
                throw WrongKind("integers");
            case (DTypeKind.Float, 8):
                CopyNumbers<double, T>(data, offset, stride, target);
                break;
            case (DTypeKind.Float, 4):
                CopyNumbers<float, T>(data, offset, stride, target);
                break;
            case (DTypeKind.Integer, 8):
                CopyNumbers<long, T>(data, offset, stride, target);
                break;
            case (DTypeKind.Integer, 4):
                CopyNumbers<int, T>(data, offset, stride, target);
                break;
            case (DTypeKind.Unsigned, 8):
                CopyNumbers<ulong, T>(data, offset, stride, target);
                break;
            case (DTypeKind.Unsigned, 4):
                CopyNumbers<uint, T>(data, offset, stride, target);
                break;
            case (DTypeKind.Unsigned or DTypeKind.Boolean, 1):
                CopyNumbers<byte, T>(data, offset, stride, target);
                break;
            default:
                throw WrongKind("numbers");
        }
    }

    private static void CopyNumbers<TFrom, T>(ReadOnlySpan<byte> data, int offset, int stride, Span<T> target)
        where TFrom : unmanaged, INumberBase<TFrom>
        where T : unmanaged, INumberBase<T>
    {
        if (target.IsEmpty)
        {
            return;
        }

        // The last record bounds all others.
        var last = offset + ((long)(target.Length - 1) * stride) + Unsafe.SizeOf<TFrom>();
        ref var from = ref MemoryMarshal.GetReference(data[..checked((int)last)]);
        var position = (nint)offset;
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = T.CreateSaturating(Unsafe.ReadUnaligned<TFrom>(ref Unsafe.Add(ref from, position)));
            position += stride;
        }
    }

    private void Gather<T>(Span<T> result, int offset)
        where T : unmanaged
    {
        var data = Data.Span;
        var position = offset;
        for (var i = 0; i < result.Length; i++)
        {
            result[i] = MemoryMarshal.Read<T>(data[position..]);
            position += Type.ItemSize;
        }
    }
}
