using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Flama.Pickle.Numpy;

/// <content>Byte order and memory order.</content>
public sealed partial class NdArray
{
    // 8 doubles are a cache line. Of 8, 16, 32 and 64 this was the only size without a bad case among tall, flat and square matrices.
    private const int BlockSize = 8;

    /// <summary>The data with the least significant byte first; the file's own memory when it is so already.</summary>
    private ReadOnlySpan<byte> LittleEndianData()
    {
        var unit = Type.Kind == DTypeKind.Complex ? Type.ItemSize / 2 : Type.Kind == DTypeKind.Text ? 4 : Type.ItemSize;
        if (!Type.IsBigEndian || unit == 1 || Data.IsEmpty)
        {
            return Data.Span;
        }

        var swapped = new byte[Data.Length];
        switch (unit)
        {
            case 2:
                BinaryPrimitives.ReverseEndianness(
                    MemoryMarshal.Cast<byte, short>(Data.Span), MemoryMarshal.Cast<byte, short>(swapped.AsSpan()));
                break;
            case 4:
                BinaryPrimitives.ReverseEndianness(
                    MemoryMarshal.Cast<byte, int>(Data.Span), MemoryMarshal.Cast<byte, int>(swapped.AsSpan()));
                break;
            case 8:
                BinaryPrimitives.ReverseEndianness(
                    MemoryMarshal.Cast<byte, long>(Data.Span), MemoryMarshal.Cast<byte, long>(swapped.AsSpan()));
                break;
            default:
                throw WrongKind("numbers");
        }

        return swapped;
    }

    /// <summary>Elements in memory order to elements in C order: the same array when both are the same.</summary>
    private T[] ToRowMajor<T>(T[] elements)
    {
        if (!IsFortran || Shape.Count < 2 || Length < 2)
        {
            return elements;
        }

        var result = GC.AllocateUninitializedArray<T>(elements.Length);
        if (Shape.Count == 2)
        {
            Transpose(elements, result, Shape[0], Shape[1]);
        }
        else
        {
            Permute(elements, result);
        }

        return result;
    }

    private static void Transpose<T>(ReadOnlySpan<T> columnMajor, Span<T> rowMajor, int rows, int columns)
    {
        for (var row0 = 0; row0 < rows; row0 += BlockSize)
        {
            var rowEnd = Math.Min(row0 + BlockSize, rows);
            for (var column0 = 0; column0 < columns; column0 += BlockSize)
            {
                var columnEnd = Math.Min(column0 + BlockSize, columns);
                for (var row = row0; row < rowEnd; row++)
                {
                    var target = rowMajor.Slice((row * columns) + column0, columnEnd - column0);
                    var source = row + (column0 * rows);
                    for (var i = 0; i < target.Length; i++)
                    {
                        target[i] = columnMajor[source];
                        source += rows;
                    }
                }
            }
        }
    }

    /// <summary>Any number of dimensions: counts the indices up in C order and keeps the position in memory beside them.</summary>
    private void Permute<T>(ReadOnlySpan<T> columnMajor, Span<T> rowMajor)
    {
        var dimensions = Shape.Count;
        var indices = new int[dimensions];
        var strides = new int[dimensions];
        var stride = 1;
        for (var i = 0; i < dimensions; i++)
        {
            strides[i] = stride;
            stride *= Shape[i];
        }

        var source = 0;
        for (var target = 0; target < rowMajor.Length; target++)
        {
            rowMajor[target] = columnMajor[source];
            for (var axis = dimensions - 1; axis >= 0; axis--)
            {
                source += strides[axis];
                if (++indices[axis] < Shape[axis])
                {
                    break;
                }

                source -= strides[axis] * Shape[axis];
                indices[axis] = 0;
            }
        }
    }
}
