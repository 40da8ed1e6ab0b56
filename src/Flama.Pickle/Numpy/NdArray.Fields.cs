using System.Runtime.InteropServices;

namespace Flama.Pickle.Numpy;

/// <content>Records and plain values.</content>
public sealed partial class NdArray
{
    /// <summary>Whether the elements are records with a field of this name.</summary>
    public bool HasField(string name) => Type.Fields.Any(field => field.Name == name);

    /// <summary>One field of every record, as an array of the same shape.</summary>
    /// <param name="name">The field's name.</param>
    /// <exception cref="PickleException">The elements have no such field.</exception>
    public NdArray Field(string name)
    {
        var field = Type.Fields.FirstOrDefault(candidate => candidate.Name == name) ?? throw NoField(name);
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

    private PickleException NoField(string name)
    {
        var known = Type.Fields.Count == 0 ? "none" : string.Join(", ", Type.Fields.Select(field => ValueDescription.Safe(field.Name)));
        return new(PickleErrorCode.Corrupt, $"An array of type {Type.Code} has no field '{name}'; it has {known}.");
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
